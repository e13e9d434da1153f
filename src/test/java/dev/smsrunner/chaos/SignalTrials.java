package dev.smsrunner.chaos;

import dev.smsrunner.scenario.Scenario;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The process is ended by a signal that it handles. */
final class SignalTrials {

    private static final long SOON = 30_000;

    private SignalTrials() {}

    /** Whether SIGINT is enabled. A background process and its children ignore it. */
    static boolean handlesCtrlC() {
        try (var lines = Files.lines(Path.of("/proc/self/status"))) {
            return lines.filter(line -> line.startsWith("SigIgn:"))
                    .allMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) == 0);
        } catch (IOException ex) {
            return true;
        }
    }

    /** One signal: the run stops without further changes and can be resumed. */
    static Trial once(String signal) {
        return (setup, findings) -> {
            try (var scenario = scenario(setup);
                    var child = InstrumentedProgram.run(scenario, setup.switches())) {
                child.until("some are started", () -> scenario.cloud().starts().size() > 2)
                        .signal(signal);
                long start = System.nanoTime();
                KillTrials.pause(1_000);
                int changes = changes(scenario);
                findings.same(child.exitCode(), 5, "it stops by a signal");
                findings.holds((System.nanoTime() - start) / 1_000_000 < SOON, "it stops soon", "later");
                findings.same(changes(scenario), changes, "no change after the signal");
                finished(setup, scenario, findings);
            }
        };
    }

    /** Two signals: the process ends at once, and the same command resumes the run. */
    static Trial twice(String signal) {
        return (setup, findings) -> {
            try (var scenario = scenario(setup)
                            .answers("operation: ListServers, kind: delay, delay: 3s, probability: 0.9");
                    var child = InstrumentedProgram.run(scenario, setup.switches())) {
                child.until(
                                "one has its task",
                                () -> !scenario.cloud().creates().isEmpty())
                        .signal(signal);
                KillTrials.pause(200);
                child.signal(signal);
                long start = System.nanoTime();
                findings.holds(
                        Set.of(5, 130, 143).contains(child.exitCode()), "it ends by two signals", child.stderr());
                findings.holds((System.nanoTime() - start) / 1_000_000 < 3_000, "it ends at once", "later");
                finished(setup, scenario, findings);
            }
        };
    }

    private static Scenario scenario(TrialSetup setup) {
        return setup.quiet().job("limits.requests-per-second", "10").speed(1_000);
    }

    private static int changes(Scenario scenario) {
        return scenario.cloud().changes().size();
    }

    private static void finished(TrialSetup setup, Scenario scenario, TrialFindings findings) {
        try (var again = InstrumentedProgram.run(scenario, setup.switches())) {
            var result = again.awaitEnd();
            findings.holds(
                    result.exitCode() == 0, "the same command finishes it", result.exitCode() + " " + result.err());
            if (result.exitCode() == 0) {
                new InvariantChecks(scenario, findings).atEnd(result, TrialSetup.SERVERS, 1);
            }
        }
    }
}
