package dev.smsrunner.chaos;

import dev.smsrunner.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The clock of the machine is set during a run, while the clock of the service and monotonic time continue. */
final class ClockTrials {

    private static final long HOUR = 3_600;
    private static final List<Long> JUMPS = List.of(HOUR, -HOUR, 72 * HOUR, -72 * HOUR, 600L, -600L, 0L);
    private static final long SIGNED_WITHIN = 900;

    private ClockTrials() {}

    /** Sets the clock two to five times during the run. */
    static void jumping(TrialSetup setup, TrialFindings findings) {
        var random = setup.random();
        var clock = setup.directory().resolve("clock");
        set(clock, 0);
        try (var scenario = late(setup);
                var child = InstrumentedProgram.run(scenario, setup.switches().clockOf(clock))) {
            child.until("it is at work", () -> scenario.cloud().calls("ListServers") > 0);
            for (int jumps = 2 + random.nextInt(4); jumps > 0 && child.isAlive(); jumps--) {
                set(clock, JUMPS.get(random.nextInt(JUMPS.size())));
                KillTrials.pause(500 + random.nextInt(2_500));
            }
            var result = child.awaitEnd();
            findings.holds(result.exitCode() == 0, "it continues by itself", result.exitCode() + " " + result.err());
            if (result.exitCode() == 0) {
                new InvariantChecks(scenario, findings).atEnd(result, TrialSetup.SERVERS, 1);
            }
        }
    }

    /** Sets the clock before each of one to three restarts. An offset above 15 minutes is refused and fails no row. */
    static void betweenDeaths(TrialSetup setup, TrialFindings findings) {
        var random = setup.random();
        var clock = setup.directory().resolve("clock");
        set(clock, 0);
        try (var scenario = late(setup)) {
            for (int deaths = 1 + random.nextInt(3); deaths > 0; deaths--) {
                try (var child =
                        InstrumentedProgram.run(scenario, setup.switches().clockOf(clock))) {
                    KillTrials.pause(2_500 + random.nextInt(4_000));
                    child.kill();
                }
                long wrong = JUMPS.get(random.nextInt(JUMPS.size()));
                set(clock, wrong);
                if (Math.abs(wrong) > SIGNED_WITHIN) {
                    refused(setup, scenario, clock, findings);
                    set(clock, random.nextBoolean() ? 600 : -600);
                }
            }
            try (var child = InstrumentedProgram.run(scenario, setup.switches().clockOf(clock))) {
                var result = child.awaitEnd();
                findings.holds(
                        result.exitCode() == 0, "the same command ends it", result.exitCode() + " " + result.err());
            }
            set(clock, 0);
            var runs = scenario.command("runs", "--json").exits(0).json();
            var first = runs.get(0).path("run_id").asString();
            new InvariantChecks(scenario, findings)
                    .atEnd(scenario.command("report", first, "--json").exits(0), TrialSetup.SERVERS, runs.size());
        }
    }

    private static void refused(TrialSetup setup, Scenario scenario, Path clock, TrialFindings findings) {
        try (var child = InstrumentedProgram.run(scenario, setup.switches().clockOf(clock))) {
            findings.same(child.exitCode(), 4, "a clock that is off is refused");
            findings.holds(child.hasPrinted("The clock of this machine is"), "it reports the clock", child.stderr());
        }
        var report = scenario.command("report", "last", "--json").exits(0).report();
        report.forEach((server, row) ->
                findings.holds(!"FAILED".equals(row.get("outcome")), "a wrong clock fails no row", server + row));
    }

    /** A clock jump must not make a lost call count as not executed. */
    private static Scenario late(TrialSetup setup) {
        return setup.quiet()
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
