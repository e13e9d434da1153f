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

/** The process is killed, and the same command must lead to the outcome of an undisturbed night. */
final class KillTrials {

    private static final int KILLED = 137;
    private static final Map<DatabaseKind, BaselineRun> UNDISTURBED = new ConcurrentHashMap<>();

    private KillTrials() {}

    /** Dies at one point. */
    static Trial at(String... points) {
        return (ground, findings) -> play(ground, List.of(points), findings);
    }

    /** Dies at a point drawn from those of an undisturbed night. */
    static Trial somewhere() {
        return (ground, findings) -> {
            var point = drawn(undisturbed(ground.store()).points(), ground.random());
            play(ground, List.of(point), findings);
        };
    }

    /** Dies two to five times, each time at a point drawn from those of an undisturbed night. */
    static Trial severalTimes() {
        return (ground, findings) -> {
            var random = ground.random();
            var points = new ArrayList<>(undisturbed(ground.store()).points());
            Collections.shuffle(points, random);
            play(ground, points.subList(0, 2 + random.nextInt(4)), findings);
        };
    }

    /** Dies once in the night and once while it finds its way back. */
    static Trial inRecovery() {
        return (ground, findings) -> {
            var random = ground.random();
            var points = undisturbed(ground.store()).points();
            var early = points.subList(points.size() / 10, points.size() / 3);
            play(ground, List.of(drawn(points, random), drawn(early, random)), findings);
        };
    }

    private static String drawn(List<String> points, Random random) {
        return points.get(random.nextInt(points.size()));
    }

    /** Dies by a signal from outside, at one to three moments of real time. */
    static Trial atAnyTime() {
        return (ground, findings) -> {
            var random = ground.random();
            try (var night = ground.night()) {
                for (int deaths = 1 + random.nextInt(3); deaths > 0; deaths--) {
                    try (var child = InstrumentedProgram.run(night, ground.switches())) {
                        pause(300 + random.nextInt(5_000));
                        child.kill();
                    }
                    new InvariantChecks(night, findings).atDeath();
                }
                end(ground, night, findings);
            }
        };
    }

    /** Dies while the service has done what was asked and has not answered yet. */
    static Trial inFlight(String operation) {
        return (ground, findings) -> {
            try (var night = ground.night().answers("operation: %s, kind: delay, delay: 2s".formatted(operation))) {
                try (var child = InstrumentedProgram.run(night, ground.switches())) {
                    child.until(
                                    "it is done",
                                    () -> night.cloud().order(operation).size() > 2)
                            .kill();
                }
                new InvariantChecks(night, findings).atDeath();
                end(ground, night, findings);
            }
        };
    }

    private static void play(TrialSetup ground, List<String> points, TrialFindings findings) {
        try (var night = ground.night()) {
            for (var point : points) {
                try (var child =
                        InstrumentedProgram.run(night, ground.switches().dyingAt(point))) {
                    int code = child.code();
                    findings.holds(code == KILLED || code == 0, "died or finished", code + " " + child.said());
                }
                new InvariantChecks(night, findings).atDeath();
                if (!findings.isEmpty()) {
                    return;
                }
            }
            end(ground, night, findings);
        }
    }

    /** The last command of the night. A run that had ended before its process died is followed by one with nothing to do. */
    static void end(TrialSetup ground, Scenario night, TrialFindings findings) {
        try (var child = InstrumentedProgram.run(night, ground.switches())) {
            var told = child.ended();
            findings.holds(told.exitCode() == 0, "the same command finishes it", told.exitCode() + " " + told.err());
            if (told.exitCode() != 0) {
                return;
            }
            var first = night.command("report", firstRun(night), "--json").exits(0);
            var proof = new InvariantChecks(night, findings);
            proof.atEnd(first, TrialSetup.SERVERS, runsBegun(night));
            proof.same(first, undisturbed(ground.store()));
        }
    }

    private static String firstRun(Scenario night) {
        return night.command("runs", "--json")
                .exits(0)
                .json()
                .get(0)
                .path("run_id")
                .asString();
    }

    /** A further run is right only when the one before was finished when its process died, and has nothing to do. */
    static int runsBegun(Scenario night) {
        int right = 1;
        var runs = night.command("runs", "--json").exits(0).json();
        for (int at = 1; at < runs.size(); at++) {
            boolean finished = "FINISHED".equals(runs.get(at - 1).path("state").asString());
            boolean idle = runs.get(at).path("outcomes").path("SKIPPED").asInt() == TrialSetup.SERVERS;
            right += finished && idle ? 1 : 0;
        }
        return right;
    }

    /** The night without any death, made once per database. */
    static BaselineRun undisturbed(DatabaseKind store) {
        return UNDISTURBED.computeIfAbsent(store, KillTrials::made);
    }

    private static BaselineRun made(DatabaseKind store) {
        try {
            var directory = Files.createTempDirectory("trial");
            var list = directory.resolve("points.txt");
            try (var night = new TrialSetup(directory, store, 0, null).night();
                    var child = InstrumentedProgram.run(night, AgentSwitches.NONE.listing(list))) {
                var told = child.ended().exits(0);
                return BaselineRun.of(
                        night, told, List.copyOf(PassedPoint.in(list).keySet()));
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
