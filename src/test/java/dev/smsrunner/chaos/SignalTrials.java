package dev.smsrunner.chaos;

import dev.smsrunner.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** Somebody ends the process by a signal that it can hear. */
final class SignalTrials {

    private static final long SOON = 30_000;

    private SignalTrials() {}

    /** Whether a process hears Ctrl-C: one that was started in the background is deaf to it, and so are those it starts. */
    static boolean hearsCtrlC() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .allMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) == 0);
        } catch (IOException ex) {
            return true;
        }
    }

    /** Once: it ends in good order, changes nothing more, and can be resumed. */
    static Trial once(String signal) {
        return (ground, findings) -> {
            try (var night = night(ground);
                    var child = InstrumentedProgram.run(night, ground.switches())) {
                child.until("some are started", () -> night.cloud().starts().size() > 2)
                        .signal(signal);
                long began = System.nanoTime();
                KillTrials.pause(1_000);
                int changes = changes(night);
                findings.same(child.code(), 5, "it stops by a signal");
                findings.holds((System.nanoTime() - began) / 1_000_000 < SOON, "it stops soon", "later");
                findings.same(changes(night), changes, "no change after the signal");
                finished(ground, night, findings);
            }
        };
    }

    /** Twice: it ends at once, and the same command still goes on. */
    static Trial twice(String signal) {
        return (ground, findings) -> {
            try (var night = night(ground).answers("operation: ListServers, kind: delay, delay: 3s, probability: 0.9");
                    var child = InstrumentedProgram.run(night, ground.switches())) {
                child.until("one has its task", () -> !night.cloud().creates().isEmpty())
                        .signal(signal);
                KillTrials.pause(200);
                child.signal(signal);
                long began = System.nanoTime();
                findings.holds(Set.of(5, 130, 143).contains(child.code()), "it ends by two signals", child.said());
                findings.holds((System.nanoTime() - began) / 1_000_000 < 3_000, "it ends at once", "later");
                finished(ground, night, findings);
            }
        };
    }

    private static Scenario night(TrialSetup ground) {
        return ground.quiet().job("limits.requests-per-second", "10").speed(1_000);
    }

    private static int changes(Scenario night) {
        return night.cloud().changes().size();
    }

    private static void finished(TrialSetup ground, Scenario night, TrialFindings findings) {
        try (var again = InstrumentedProgram.run(night, ground.switches())) {
            var told = again.ended();
            findings.holds(told.exitCode() == 0, "the same command finishes it", told.exitCode() + " " + told.err());
            if (told.exitCode() == 0) {
                new InvariantChecks(night, findings).atEnd(told, TrialSetup.SERVERS, 1);
            }
        }
    }
}
