package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.simulator.KnownServer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fifty servers with acyclic dependencies and some failures, drawn from a seed; one seed for each shape of order.
 * {@code -Ddag.seeds=200} sets the number of seeds, {@code -Ddag.first=N} the first seed.
 */
class DagTests {

    private static final int SERVERS = 50;
    private static final int LAUNCHES = 5;
    private static final List<String> LEVELS = List.of("", "", "@accepted", "@launched", "@synced");
    private static final List<String> CAPS = List.of("6", "15", "100");

    /** Kind of order besides dependencies. */
    private enum Shape {
        /** No further order. */
        PLAIN,
        /** The second half is launched after the first. */
        WAVES,
        /** SMS launches by itself, so that starts wait. */
        AUTO
    }

    private final Map<String, Map<String, String>> parents = new LinkedHashMap<>();
    private final Map<String, String> expected = new TreeMap<>();

    /** Held servers whose copies would fail. With few places their copies may never start. */
    private final Set<String> heldAndFailing = new TreeSet<>();

    /** Servers that wait for a held server in sync. This needs two places at once, which may be missing. */
    private final Set<String> behindHeld = new TreeSet<>();

    static LongStream seeds() {
        long first = Long.getLong("dag.first", 20_261_130);
        return LongStream.range(first, first + Integer.getInteger("dag.seeds", Shape.values().length));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void launchesFollowTheOrderAndOutcomesAreAsExpected(long seed, @TempDir Path directory) {
        var random = new Random(seed);
        var shape = Shape.values()[(int) (seed % Shape.values().length)];
        try (var scenario = Scenario.of(SERVERS, directory, StoryDatabase.embedded())) {
            scenario.job("limits.concurrent", CAPS.get(random.nextInt(CAPS.size())));
            switch (shape) {
                case PLAIN -> scenario.job("cutover.launches", String.valueOf(LAUNCHES));
                case WAVES ->
                    scenario.job("cutover.launches", String.valueOf(LAUNCHES)).job("waves.wave-2", "{after: [wave-1]}");
                case AUTO -> scenario.job("cutover.when", "auto");
            }
            draw(scenario, random, shape);

            var result = scenario.run().exits(expected.containsValue("FAILED") ? 1 : 0);

            var outcomes = new TreeMap<String, String>();
            result.report().forEach((server, row) -> outcomes.put(server, row.get("outcome")));
            heldAndFailing.forEach(server -> outcomes.replace(server, "NOT_LAUNCHED", "FAILED"));
            behindHeld.forEach(server -> outcomes.replace(server, "NOT_LAUNCHED", "MIGRATED"));
            assertThat(outcomes).isEqualTo(expected);
            assertOrder(scenario.cloud(), shape);
            scenario.verifyRuns();
        }
    }

    /** Each server depends on up to three servers drawn earlier. */
    private void draw(Scenario scenario, Random random, Shape shape) {
        var names = new ArrayList<>(
                KnownServer.first(SERVERS).stream().map(KnownServer::name).toList());
        Collections.shuffle(names, random);
        for (int at = 0; at < names.size(); at++) {
            var name = names.get(at);
            var dependsOn = new TreeMap<String, String>();
            for (int count = Math.min(at, random.nextInt(4)); count > 0; count--) {
                dependsOn.put(names.get(random.nextInt(at)), LEVELS.get(random.nextInt(LEVELS.size())));
            }
            parents.put(name, dependsOn);
            var cells = new ArrayList<String>();
            dependsOn.forEach((parent, level) -> cells.add(parent + level));
            scenario.row(name, "wave_name", shape == Shape.WAVES && at >= SERVERS / 2 ? "wave-2" : "wave-1")
                    .row(name, "depends_on", String.join(";", cells))
                    .row(name, "priority", String.valueOf(random.nextInt(3)))
                    .server(name, trouble(name, random, shape));
        }
    }

    private String trouble(String name, Random random, Shape shape) {
        var duration = "duration: %dm".formatted(20 + random.nextInt(160));
        boolean fails = random.nextInt(8) == 0;
        boolean isHeld = parents.get(name).entrySet().stream().anyMatch(parent -> isNeverReached(parent, shape));
        boolean isBehind = parents.get(name).keySet().stream()
                .anyMatch(parent ->
                        behindHeld.contains(parent) || expected.get(parent).equals("NOT_LAUNCHED"));
        if (isBehind && !isHeld && !fails) {
            behindHeld.add(name);
        }
        if (fails && isHeld) {
            heldAndFailing.add(name);
        }
        expected.put(name, fails ? "FAILED" : isHeld ? "NOT_LAUNCHED" : "MIGRATED");
        return fails
                ? duration + ", fail-times: 1, fail-at: %d%%, fail-code: SMS.6617".formatted(1 + random.nextInt(99))
                : random.nextInt(8) == 0 ? duration + ", fail-times: 1, fail-code: SMS.0203" : duration;
    }

    /** A held server is in sync, unless its start is held. */
    private boolean isNeverReached(Map.Entry<String, String> parent, Shape shape) {
        var outcome = expected.get(parent.getKey());
        boolean inSync = shape != Shape.AUTO && outcome.equals("NOT_LAUNCHED");
        return !outcome.equals("MIGRATED") && !(inSync && parent.getValue().equals("@synced"));
    }

    private void assertOrder(ServiceProbe cloud, Shape shape) {
        boolean auto = shape == Shape.AUTO;
        var launched = auto ? cloud.starts() : cloud.launches();
        var launch = auto ? "start" : "test";
        assertThat(cloud.maximumLaunching()).isLessThanOrEqualTo(LAUNCHES);
        parents.forEach((child, dependsOn) -> dependsOn.forEach((parent, level) -> {
            if (launched.containsKey(child) && !level.equals("@synced")) {
                var milestone = !level.equals("@launched") ? "finish" : auto ? "launch" : "test";
                assertThat(cloud.first(launch, child))
                        .as("%s before the %s of %s", child, milestone, parent)
                        .isGreaterThan(cloud.first(milestone, parent));
            }
        }));
        if (shape == Shape.WAVES) {
            assertWaveOrder(cloud);
        }
        cloud.assertNoDuplicates();
    }

    private void assertWaveOrder(ServiceProbe cloud) {
        var names = List.copyOf(parents.keySet());
        var migrated = cloud.launches().keySet();
        long first = names.subList(0, SERVERS / 2).stream()
                .filter(migrated::contains)
                .mapToLong(name -> cloud.first("finish", name))
                .max()
                .orElse(0);
        assertThat(names.subList(SERVERS / 2, SERVERS).stream().filter(migrated::contains))
                .allSatisfy(name -> assertThat(cloud.first("test", name)).isGreaterThan(first));
    }
}
