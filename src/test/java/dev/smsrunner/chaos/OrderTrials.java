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

/** Launches that wait for each other, for a wave, and for a server outside the run. Some are given up. */
final class OrderTrials {

    private static final int ROWS = TrialSetup.SERVERS - 1;
    private static final int KILLED = 137;
    private static final int NOT_ALL = 1;
    private static final Map<DatabaseKind, BaselineRun> UNDISTURBED = new ConcurrentHashMap<>();

    private OrderTrials() {}

    /** Undisturbed run. */
    static void undisturbed(TrialSetup setup, TrialFindings findings) {
        try (var scenario = setup.ordered()) {
            finish(setup, scenario, findings);
        }
    }

    /** Run with a minimum time between launches. */
    static void paced(TrialSetup setup, TrialFindings findings) {
        try (var scenario = setup.ordered().jobWithout("cutover.launches").job("cutover.pace", "300ms")) {
            finish(setup, scenario, findings);
        }
    }

    /** Kills at a random point of an undisturbed run that matches the pattern and precedes the end. */
    static Trial dying(String pattern) {
        return (setup, findings) -> {
            var points = undisturbed(setup.store()).points().stream()
                    .takeWhile(point -> !point.startsWith("before Ledger.finish"))
                    .filter(point -> point.matches(pattern))
                    .toList();
            var point = points.get(setup.random().nextInt(points.size()));
            try (var scenario = setup.ordered()) {
                try (var child =
                        InstrumentedProgram.run(scenario, setup.switches().dyingAt(point))) {
                    findings.same(child.exitCode(), KILLED, "dies at " + point);
                }
                new InvariantChecks(scenario, findings).atDeath();
                finish(setup, scenario, findings)
                        .ifPresent(result ->
                                new InvariantChecks(scenario, findings).same(result, undisturbed(setup.store())));
            }
        };
    }

    /** The operator forces a launch before its dependency. The process is killed before or after the answer. */
    static void forced(TrialSetup setup, TrialFindings findings) {
        var point = setup.random().nextBoolean() ? "before Ledger.answerControl#1" : "after Ledger.answerControl#1";
        try (var scenario =
                setup.quiet().server("erp-db-01", "duration: 20h").row("erp-app-01", "depends_on", "erp-db-01")) {
            try (var child = InstrumentedProgram.run(scenario, setup.switches().dyingAt(point))) {
                scenario.untilStatus("all others are in sync or launched", status -> status.contains("DEPENDS_ON"));
                var request = CompletableFuture.runAsync(() ->
                        scenario.command("control", "last", "launch", "--server", "erp-app-01", "--force", "--yes"));
                findings.same(child.exitCode(), KILLED, "dies at " + point);
                request.join();
            }
            new InvariantChecks(scenario, findings).atDeath();
            try (var child = InstrumentedProgram.run(scenario, setup.switches())) {
                var result = child.awaitEnd();
                findings.same(result.outcomes(), Map.of("MIGRATED", TrialSetup.SERVERS), "all come through");
                new InvariantChecks(scenario, findings).atEnd(result, TrialSetup.SERVERS, 1);
                findings.holds(
                        scenario.cloud().first("test", "erp-app-01")
                                < scenario.cloud().first("finish", "erp-db-01"),
                        "launched as forced by the operator",
                        point);
            }
        }
    }

    /** Runs to the end. Empty for an unexpected exit code. */
    private static Optional<CommandResult> finish(TrialSetup setup, Scenario scenario, TrialFindings findings) {
        try (var child = InstrumentedProgram.run(scenario, setup.switches())) {
            var result = child.awaitEnd();
            findings.holds(
                    result.exitCode() == NOT_ALL, "one fails, all others end", result.exitCode() + " " + result.err());
            if (result.exitCode() != 0 && result.exitCode() != NOT_ALL) {
                return Optional.empty();
            }
            findings.same(
                    result.outcomes(),
                    Map.of("MIGRATED", ROWS - 2, "FAILED", 1, "NOT_LAUNCHED", 1),
                    "outcomes of the order");
            new InvariantChecks(scenario, findings).atEnd(result, ROWS, 1);
            return Optional.of(result);
        }
    }

    private static BaselineRun undisturbed(DatabaseKind store) {
        return UNDISTURBED.computeIfAbsent(store, OrderTrials::made);
    }

    private static BaselineRun made(DatabaseKind store) {
        try {
            var directory = Files.createTempDirectory("trial");
            var list = directory.resolve("points.txt");
            try (var scenario = new TrialSetup(directory, store, 0, null).ordered();
                    var child = InstrumentedProgram.run(scenario, AgentSwitches.NONE.listing(list))) {
                var result = child.awaitEnd().exits(NOT_ALL);
                return BaselineRun.of(
                        scenario, result, List.copyOf(PassedPoint.in(list).keySet()));
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
