package dev.smsrunner.chaos;

import dev.smsrunner.scenario.Scenario;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;

/** The process is killed, and the same command must lead to the outcome of an undisturbed run. */
final class KillTrials {

    private static final int KILLED = 137;
    private static final Map<DatabaseKind, BaselineRun> UNDISTURBED = new ConcurrentHashMap<>();

    private KillTrials() {}

    /** Kills at these points. */
    static Trial at(String... points) {
        return (setup, findings) -> play(setup, List.of(points), findings);
    }

    /** Kills at a random point of an undisturbed run. */
    static Trial somewhere() {
        return (setup, findings) -> {
            var point = drawn(undisturbed(setup.store()).points(), setup.random());
            play(setup, List.of(point), findings);
        };
    }

    /** Kills two to five times at random points of an undisturbed run. */
    static Trial severalTimes() {
        return (setup, findings) -> {
            var random = setup.random();
            var points = new ArrayList<>(undisturbed(setup.store()).points());
            Collections.shuffle(points, random);
            play(setup, points.subList(0, 2 + random.nextInt(4)), findings);
        };
    }

    /** Kills once during the run and once during recovery. */
    static Trial inRecovery() {
        return (setup, findings) -> {
            var random = setup.random();
            var points = undisturbed(setup.store()).points();
            var early = points.subList(points.size() / 10, points.size() / 3);
            play(setup, List.of(drawn(points, random), drawn(early, random)), findings);
        };
    }

    private static String drawn(List<String> points, Random random) {
        return points.get(random.nextInt(points.size()));
    }

    /** Kills from outside at one to three moments of real time. */
    static Trial atAnyTime() {
        return (setup, findings) -> {
            var random = setup.random();
            try (var scenario = setup.scenario()) {
                for (int deaths = 1 + random.nextInt(3); deaths > 0; deaths--) {
                    try (var child = InstrumentedProgram.run(scenario, setup.switches())) {
                        pause(300 + random.nextInt(5_000));
                        child.kill();
                    }
                    new InvariantChecks(scenario, findings).atDeath();
                }
                end(setup, scenario, findings);
            }
        };
    }

    /** Kills after the service has executed a call and before its answer. */
    static Trial inFlight(String operation) {
        return (setup, findings) -> {
            try (var scenario =
                    setup.scenario().answers("operation: %s, kind: delay, delay: 2s".formatted(operation))) {
                try (var child = InstrumentedProgram.run(scenario, setup.switches())) {
                    child.until(
                                    "it is done",
                                    () -> scenario.cloud().order(operation).size() > 2)
                            .kill();
                }
                new InvariantChecks(scenario, findings).atDeath();
                end(setup, scenario, findings);
            }
        };
    }

    private static void play(TrialSetup setup, List<String> points, TrialFindings findings) {
        try (var scenario = setup.scenario()) {
            int kills = 0;
            for (var point : points) {
                try (var child =
                        InstrumentedProgram.run(scenario, setup.switches().dyingAt(point))) {
                    int code = child.exitCode();
                    findings.holds(code == KILLED || code == 0, "died or finished", code + " " + child.stderr());
                    kills += code == KILLED ? 1 : 0;
                }
                new InvariantChecks(scenario, findings).atDeath();
                if (!findings.isEmpty()) {
                    return;
                }
            }
            if (kills == 0) {
                findings.markNotReached();
            }
            end(setup, scenario, findings);
        }
    }

    /** Finishes the run. After a run that ended before the kill, a further run has nothing to do. */
    static void end(TrialSetup setup, Scenario scenario, TrialFindings findings) {
        try (var child = InstrumentedProgram.run(scenario, setup.switches())) {
            var result = child.awaitEnd();
            findings.holds(
                    result.exitCode() == 0, "the same command finishes it", result.exitCode() + " " + result.err());
            if (result.exitCode() != 0) {
                return;
            }
            var first = scenario.command("report", firstRun(scenario), "--json").exits(0);
            var checks = new InvariantChecks(scenario, findings);
            checks.atEnd(first, TrialSetup.SERVERS, runsBegun(scenario));
            checks.same(first, undisturbed(setup.store()));
        }
    }

    private static String firstRun(Scenario scenario) {
        return scenario.command("runs", "--json")
                .exits(0)
                .json()
                .get(0)
                .path("run_id")
                .asString();
    }

    /** Number of expected runs. A further run is valid only after a finished run, and must have nothing to do. */
    static int runsBegun(Scenario scenario) {
        int right = 1;
        var runs = scenario.command("runs", "--json").exits(0).json();
        for (int at = 1; at < runs.size(); at++) {
            boolean finished = "FINISHED".equals(runs.get(at - 1).path("state").asString());
            boolean idle = runs.get(at).path("outcomes").path("SKIPPED").asInt() == TrialSetup.SERVERS;
            right += finished && idle ? 1 : 0;
        }
        return right;
    }

    /** The undisturbed run, once per database. */
    static BaselineRun undisturbed(DatabaseKind store) {
        return UNDISTURBED.computeIfAbsent(store, KillTrials::made);
    }

    private static BaselineRun made(DatabaseKind store) {
        try {
            var directory = Files.createTempDirectory("trial");
            var list = directory.resolve("points.txt");
            try (var scenario = new TrialSetup(directory, store, 0, null).scenario();
                    var child = InstrumentedProgram.run(scenario, AgentSwitches.NONE.listing(list))) {
                var result = child.awaitEnd().exits(0);
                return BaselineRun.of(
                        scenario, result, List.copyOf(PassedPoint.in(list).keySet()));
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
