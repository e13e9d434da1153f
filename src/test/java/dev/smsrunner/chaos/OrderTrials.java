package dev.smsrunner.chaos;

import dev.smsrunner.scenario.CommandResult;
import dev.smsrunner.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** Launches that wait for each other, for a wave, and for a server outside the run; some are given up. */
final class OrderTrials {

    private static final int ROWS = TrialSetup.SERVERS - 1;
    private static final int KILLED = 137;
    private static final int NOT_ALL = 1;
    private static final Map<DatabaseKind, BaselineRun> UNDISTURBED = new ConcurrentHashMap<>();

    private OrderTrials() {}

    /** Nothing is done to it. */
    static void undisturbed(TrialSetup ground, TrialFindings findings) {
        try (var night = ground.ordered()) {
            ended(ground, night, findings);
        }
    }

    /** Some time must be between two launches. */
    static void paced(TrialSetup ground, TrialFindings findings) {
        try (var night = ground.ordered().jobWithout("cutover.launches").job("cutover.pace", "300ms")) {
            ended(ground, night, findings);
        }
    }

    /** Dies at a point drawn from those of that pattern that an undisturbed night passes before its end. */
    static Trial dying(String pattern) {
        return (ground, findings) -> {
            var points = undisturbed(ground.store()).points().stream()
                    .takeWhile(point -> !point.startsWith("before Ledger.finish"))
                    .filter(point -> point.matches(pattern))
                    .toList();
            var point = points.get(ground.random().nextInt(points.size()));
            try (var night = ground.ordered()) {
                try (var child =
                        InstrumentedProgram.run(night, ground.switches().dyingAt(point))) {
                    findings.same(child.code(), KILLED, "dies at " + point);
                }
                new InvariantChecks(night, findings).atDeath();
                ended(ground, night, findings)
                        .ifPresent(
                                told -> new InvariantChecks(night, findings).same(told, undisturbed(ground.store())));
            }
        };
    }

    /** A person launches a server before its database; the process dies before or after it has answered. */
    static void forced(TrialSetup ground, TrialFindings findings) {
        var point = ground.random().nextBoolean() ? "before Ledger.answerControl#1" : "after Ledger.answerControl#1";
        try (var night =
                ground.quiet().server("erp-db-01", "duration: 20h").row("erp-app-01", "depends_on", "erp-db-01")) {
            try (var child = InstrumentedProgram.run(night, ground.switches().dyingAt(point))) {
                night.untilStatus("all others are in sync or launched", status -> status.contains("DEPENDS_ON"));
                var asked = CompletableFuture.runAsync(
                        () -> night.command("control", "last", "launch", "--server", "erp-app-01", "--force", "--yes"));
                findings.same(child.code(), KILLED, "dies at " + point);
                asked.join();
            }
            new InvariantChecks(night, findings).atDeath();
            try (var child = InstrumentedProgram.run(night, ground.switches())) {
                var told = child.ended();
                findings.same(told.outcomes(), Map.of("MIGRATED", TrialSetup.SERVERS), "all come through");
                new InvariantChecks(night, findings).atEnd(told, TrialSetup.SERVERS, 1);
                findings.holds(
                        night.cloud().first("test", "erp-app-01")
                                < night.cloud().first("finish", "erp-db-01"),
                        "launched as a person forced it",
                        point);
            }
        }
    }

    /** The night goes to its end; empty where that is not one to be looked at. */
    private static Optional<CommandResult> ended(TrialSetup ground, Scenario night, TrialFindings findings) {
        try (var child = InstrumentedProgram.run(night, ground.switches())) {
            var told = child.ended();
            findings.holds(told.exitCode() == NOT_ALL, "one fails, all others end", told.exitCode() + " " + told.err());
            if (told.exitCode() != 0 && told.exitCode() != NOT_ALL) {
                return Optional.empty();
            }
            findings.same(
                    told.outcomes(),
                    Map.of("MIGRATED", ROWS - 2, "FAILED", 1, "NOT_LAUNCHED", 1),
                    "outcomes of the order");
            new InvariantChecks(night, findings).atEnd(told, ROWS, 1);
            return Optional.of(told);
        }
    }

    private static BaselineRun undisturbed(DatabaseKind store) {
        return UNDISTURBED.computeIfAbsent(store, OrderTrials::made);
    }

    private static BaselineRun made(DatabaseKind store) {
        try {
            var directory = Files.createTempDirectory("trial");
            var list = directory.resolve("points.txt");
            try (var night = new TrialSetup(directory, store, 0, null).ordered();
                    var child = InstrumentedProgram.run(night, AgentSwitches.NONE.listing(list))) {
                var told = child.ended().exits(NOT_ALL);
                return BaselineRun.of(
                        night, told, List.copyOf(PassedPoint.in(list).keySet()));
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
