package dev.smsrunner.chaos;

import dev.smsrunner.scenario.ChildProcess;
import dev.smsrunner.scenario.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * One of several processes that compete for a run.
 *
 * @param points file of its passed points
 * @param started start time
 */
record CompetingProcess(ChildProcess child, Path points, Instant started) implements AutoCloseable {

    static CompetingProcess start(TrialSetup setup, Scenario scenario, int number) {
        var points = scenario.directory().resolve("rival-" + number + ".txt");
        return new CompetingProcess(
                InstrumentedProgram.run(scenario, setup.switches().listing(points)), points, Instant.now());
    }

    /**
     * Checks that the process ended with 3 in time and named the owner. The time starts at its first read of the lease; the
     * start-up of the process is added.
     */
    void isRefused(String owner, Duration within, TrialFindings findings) {
        findings.same(child.exitCode(), 3, "the others are refused");
        findings.holds(child.hasPrinted(owner), "the others report the owner", child.stderr());
        if (!Files.exists(points)) {
            return;
        }
        var passed = PassedPoint.in(points);
        var first = passed.getOrDefault("before Leases.find#1", started);
        var last = passed.values().stream().max(Instant::compareTo).orElse(first);
        findings.holds(
                Duration.between(first, last).compareTo(within.plus(Duration.between(started, first))) < 0,
                "refused in time",
                Duration.between(first, last));
    }

    @Override
    public void close() {
        child.close();
    }
}
