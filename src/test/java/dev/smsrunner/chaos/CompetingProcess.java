package dev.smsrunner.chaos;

import dev.smsrunner.scenario.ChildProcess;
import dev.smsrunner.scenario.Scenario;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * One of several processes that want the same run.
 *
 * @param points the list that it writes
 * @param started when it was started
 */
record CompetingProcess(ChildProcess child, Path points, Instant started) implements AutoCloseable {

    static CompetingProcess started(TrialSetup ground, Scenario night, int number) {
        var points = night.directory().resolve("rival-" + number + ".txt");
        return new CompetingProcess(
                InstrumentedProgram.run(night, ground.switches().listing(points)), points, Instant.now());
    }

    /**
     * It ended with 3, said by whom it was refused, and soon: within the time after its first look at the lease, and what a
     * process needs on this machine today to get there.
     */
    void isRefused(String owner, Duration within, TrialFindings findings) {
        findings.same(child.code(), 3, "the others are refused");
        findings.holds(child.hasSaid(owner), "the others are told by whom", child.said());
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
