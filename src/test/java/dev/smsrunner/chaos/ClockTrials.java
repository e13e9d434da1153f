package dev.smsrunner.chaos;

import dev.smsrunner.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The clock of the machine is set in the middle of a night; that of the service goes on, and so does what only passes. */
final class ClockTrials {

    private static final long HOUR = 3_600;
    private static final List<Long> JUMPS = List.of(HOUR, -HOUR, 72 * HOUR, -72 * HOUR, 600L, -600L, 0L);
    private static final long SIGNED_WITHIN = 900;

    private ClockTrials() {}

    /** Set two to five times while it works. */
    static void jumping(TrialSetup ground, TrialFindings findings) {
        var random = ground.random();
        var clock = ground.directory().resolve("clock");
        set(clock, 0);
        try (var night = late(ground);
                var child = InstrumentedProgram.run(night, ground.switches().clockOf(clock))) {
            child.until("it is at work", () -> night.cloud().calls("ListServers") > 0);
            for (int jumps = 2 + random.nextInt(4); jumps > 0 && child.isAlive(); jumps--) {
                set(clock, JUMPS.get(random.nextInt(JUMPS.size())));
                KillTrials.pause(500 + random.nextInt(2_500));
            }
            var told = child.ended();
            findings.holds(told.exitCode() == 0, "it goes on by itself", told.exitCode() + " " + told.err());
            if (told.exitCode() == 0) {
                new InvariantChecks(night, findings).atEnd(told, TrialSetup.SERVERS, 1);
            }
        }
    }

    /** Set before each of one to three restarts: more than 15 minutes wrong it is refused, and then nothing is failed. */
    static void betweenDeaths(TrialSetup ground, TrialFindings findings) {
        var random = ground.random();
        var clock = ground.directory().resolve("clock");
        set(clock, 0);
        try (var night = late(ground)) {
            for (int deaths = 1 + random.nextInt(3); deaths > 0; deaths--) {
                try (var child =
                        InstrumentedProgram.run(night, ground.switches().clockOf(clock))) {
                    KillTrials.pause(2_500 + random.nextInt(4_000));
                    child.kill();
                }
                long wrong = JUMPS.get(random.nextInt(JUMPS.size()));
                set(clock, wrong);
                if (Math.abs(wrong) > SIGNED_WITHIN) {
                    refused(ground, night, clock, findings);
                    set(clock, random.nextBoolean() ? 600 : -600);
                }
            }
            try (var child = InstrumentedProgram.run(night, ground.switches().clockOf(clock))) {
                var told = child.ended();
                findings.holds(told.exitCode() == 0, "the same command ends it", told.exitCode() + " " + told.err());
            }
            set(clock, 0);
            var runs = night.command("runs", "--json").exits(0).json();
            var first = runs.get(0).path("run_id").asString();
            new InvariantChecks(night, findings)
                    .atEnd(night.command("report", first, "--json").exits(0), TrialSetup.SERVERS, runs.size());
        }
    }

    private static void refused(TrialSetup ground, Scenario night, Path clock, TrialFindings findings) {
        try (var child = InstrumentedProgram.run(night, ground.switches().clockOf(clock))) {
            findings.same(child.code(), 4, "a clock that is off is refused");
            findings.holds(child.hasSaid("The clock of this machine is"), "it tells of the clock", child.said());
        }
        var report = night.command("report", "last", "--json").exits(0).report();
        report.forEach((server, row) ->
                findings.holds(!"FAILED".equals(row.get("outcome")), "a wrong clock fails no row", server + row));
    }

    /** What was lost must not be taken for not carried out because an hour seems to have passed. */
    private static Scenario late(TrialSetup ground) {
        return ground.quiet()
                .speed(1_000)
                .job("limits.requests-per-second", "10")
                .answers("operation: CreateTask, kind: late-delivery, delay: 1500ms, first-per-source: true");
    }

    private static void set(Path clock, long seconds) {
        try {
            Files.writeString(clock, seconds + "\n");
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
