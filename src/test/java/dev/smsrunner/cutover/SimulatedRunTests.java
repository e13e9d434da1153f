package dev.smsrunner.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.inventory.DependencyRef;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.ledger.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Simulates runs of random servers by the rules of the cutover, without a service or a database. Every run ends, no server is
 * launched before its turn, and the limits hold. {@code -Dcutover.seeds=100000} sets the number of runs, {@code
 * -Dcutover.first=N} the first seed. {@code scenario.DagTests} does the same with a few whole runs over HTTP.
 */
class SimulatedRunTests {

    private static final int SEEDS_AT_ONCE = 50;
    private static final int MOST_SERVERS = 40;
    private static final List<DependencyRef.Level> LEVELS = List.of(DependencyRef.Level.values());

    static LongStream seeds() {
        long first = Long.getLong("cutover.first", 1);
        long count = Integer.getInteger("cutover.seeds", 1_000);
        return LongStream.iterate(first, from -> from < first + count, from -> from + SEEDS_AT_ONCE);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void everyRunEndsInOrder(long first) {
        for (long seed = first; seed < first + SEEDS_AT_ONCE; seed++) {
            new SimulatedRun(seed).play();
        }
    }

    /** One run; each step of a server is random. */
    private static final class SimulatedRun {

        private final long seed;
        private final Random random;
        private final OrderFixtures fixtures = new OrderFixtures();
        private final int servers;
        private final int concurrent;
        private final int launches;
        private final boolean auto;
        private final Map<Integer, Set<String>> dependencies = new TreeMap<>();
        private final Set<Integer> failing = new HashSet<>();
        private final Map<Integer, Integer> failuresLeft = new HashMap<>();
        private final Map<String, Integer> waveLimits = new HashMap<>();
        private final List<String> story = new ArrayList<>();
        private Instant now = OrderFixtures.NOW;

        SimulatedRun(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.servers = 2 + random.nextInt(MOST_SERVERS - 1);
            this.concurrent = 1 + random.nextInt(Math.max(1, servers / 2));
            this.launches = 1 + random.nextInt(5);
            this.auto = random.nextInt(4) == 0;
            fixtures.with("limits.concurrent", String.valueOf(concurrent))
                    .with("cutover.launches", String.valueOf(launches));
            if (auto) {
                fixtures.with("cutover.when", "auto");
            }
            draw();
        }

        private void draw() {
            int waves = 1 + random.nextInt(3);
            for (int wave = 2; wave <= waves; wave++) {
                if (random.nextBoolean()) {
                    fixtures.with(
                            "waves.wave-%d.after".formatted(wave), "wave-%d".formatted(1 + random.nextInt(wave - 1)));
                }
            }
            for (int wave = 1; wave <= waves; wave++) {
                if (random.nextInt(4) == 0) {
                    int limit = 1 + random.nextInt(concurrent);
                    waveLimits.put("wave-" + wave, limit);
                    fixtures.with("waves.wave-%d.concurrent".formatted(wave), String.valueOf(limit));
                }
            }
            int dependent = 1 + random.nextInt(4);
            int bad = 3 + random.nextInt(12);
            for (int number = 1; number <= servers; number++) {
                var wave = "wave-" + (1 + number * waves / (servers + 1));
                var on = new HashSet<String>();
                for (int count = number == 1 ? 0 : random.nextInt(dependent); count > 0; count--) {
                    on.add("s%d@%s"
                            .formatted(
                                    1 + random.nextInt(number - 1),
                                    LEVELS.get(random.nextInt(3)).name().toLowerCase(java.util.Locale.ROOT)));
                }
                dependencies.put(number, on);
                fixtures.row(number, "s" + number, wave, Stage.TASK_READY, on.toArray(String[]::new));
                if (random.nextInt(bad) == 0) {
                    failing.add(number);
                } else if (random.nextInt(6) == 0) {
                    failuresLeft.put(number, 1 + random.nextInt(2));
                }
            }
        }

        void play() {
            int still = 0;
            while (!fixtures.snapshot().openRows().isEmpty()) {
                now = now.plusSeconds(30);
                int before = story.size();
                endWhatCannotGoOn();
                launch();
                start();
                limits();
                boolean underWay = advance();
                still = story.size() > before || underWay ? 0 : still + 1;
                assertThat(still)
                        .as(() -> "seed %d hangs: %s".formatted(seed, this))
                        .isLessThan(3);
            }
            if (failing.isEmpty()) {
                assertThat(fixtures.snapshot().rows())
                        .as(() -> "seed %d: nothing fails for good, so all come through: %s".formatted(seed, this))
                        .allMatch(row -> row.outcome() == Outcome.MIGRATED);
            }
        }

        private void endWhatCannotGoOn() {
            new NotLaunchedRows(fixtures.snapshot(), null, now).rowsToEnd(0).forEach((number, reason) -> {
                if (!reason.startsWith("found no place")) {
                    assertThat(blockedBy(number))
                            .as(
                                    "seed %d: %s ends: %s",
                                    seed, fixtures.row(number).serverName(), reason)
                            .isTrue();
                }
                tell(number, "NOT_LAUNCHED " + reason);
                fixtures.change(number, row -> row.end(Outcome.NOT_LAUNCHED, reason, now));
            });
        }

        /** Whether something that the row depends on, through others too, ended without success. */
        private boolean blockedBy(int number) {
            return dependencies.get(number).stream()
                    .map(reference -> Integer.parseInt(reference.substring(1, reference.indexOf('@'))))
                    .anyMatch(parent -> !fixtures.row(parent).isOpen()
                                    && fixtures.row(parent).outcome() != Outcome.MIGRATED
                            || fixtures.row(parent).isOpen() && blockedBy(parent));
        }

        private void launch() {
            if (auto) {
                return;
            }
            for (var row : LaunchDecider.next(fixtures.at(Stage.SYNCING), fixtures.snapshot(), now)) {
                inOrder(row);
                tell(row.row(), "launched");
                fixtures.change(
                        row.row(),
                        it -> it.withCall(new RowCall(Operation.LAUNCH, CallState.DONE, 2, now))
                                .withStage(Stage.LAUNCHING, now));
            }
        }

        private void start() {
            var snapshot = fixtures.snapshot();
            var startable = snapshot.openRows().stream()
                    .filter(row -> row.stage() == Stage.TASK_READY || OccupiedPlaces.waitsForRestart(row))
                    .toList();
            for (var row : new StartQueue(snapshot, 0, now).next(startable)) {
                if (auto && row.stage() == Stage.TASK_READY) {
                    inOrder(row);
                }
                tell(row.row(), "started");
                fixtures.change(row.row(), it -> it.clearSchedule().withStage(Stage.STARTED, now));
                fixtures.observed(row.row(), "RUNNING", "1");
            }
        }

        private void inOrder(LedgerRow row) {
            for (var reference : fixtures.snapshot().dependencies(row)) {
                assertThat(new Dependencies(fixtures.snapshot()).isMet(reference))
                        .as("seed %d: %s before %s", seed, row.serverName(), reference.text())
                        .isTrue();
            }
            for (var wave : fixtures.snapshot().plan().after(row.wave())) {
                assertThat(fixtures.snapshot().openRows(wave))
                        .as("seed %d: %s before the end of %s", seed, row.serverName(), wave)
                        .isEmpty();
            }
        }

        private void limits() {
            var run = fixtures.snapshot();
            assertThat(OccupiedPlaces.rowsWithPlace(run, Set.of()).size())
                    .as("seed %d: places", seed)
                    .isLessThanOrEqualTo(concurrent);
            assertThat(fixtures.at(Stage.LAUNCHING).stream()
                            .filter(row -> !auto)
                            .count())
                    .as("seed %d: launches", seed)
                    .isLessThanOrEqualTo(launches);
        }

        /** Lets some servers get on; whether any is under way. */
        private boolean advance() {
            boolean underWay = false;
            for (int number = 1; number <= servers; number++) {
                var row = fixtures.row(number);
                boolean moves = row.isOpen()
                        && row.stage().isUnderWay()
                        && row.stage() != Stage.SYNCING
                        && !OccupiedPlaces.waitsForRestart(row);
                underWay |= moves;
                if (moves && random.nextInt(3) > 0) {
                    advance(row);
                }
            }
            return underWay;
        }

        private void advance(LedgerRow row) {
            int number = row.row();
            switch (row.stage()) {
                case STARTED -> fixtures.change(number, it -> it.withStage(Stage.REPLICATING, now));
                case REPLICATING -> copied(number);
                default -> {
                    tell(number, "MIGRATED");
                    fixtures.observed(number, "MIGRATE_SUCCESS", "100");
                    fixtures.change(number, it -> it.end(Outcome.MIGRATED, null, now));
                }
            }
        }

        private void copied(int number) {
            if (failuresLeft.merge(number, -1, Integer::sum) >= 0) {
                tell(number, "fails");
                fixtures.observed(number, "MIGRATE_FAIL", "50");
                fixtures.change(number, it -> it.notBefore(now, "again"));
            } else if (failing.contains(number)) {
                tell(number, "FAILED");
                fixtures.observed(number, "MIGRATE_FAIL", "50");
                fixtures.change(number, it -> it.end(Outcome.FAILED, "it failed", now));
            } else if (auto) {
                fixtures.change(number, it -> it.withStage(Stage.LAUNCHING, now));
            } else {
                tell(number, "in sync");
                fixtures.observed(number, "SYNCING", "100");
                fixtures.change(number, it -> it.withStage(Stage.SYNCING, now));
            }
        }

        private void tell(int number, String what) {
            story.add("s%d %s".formatted(number, what));
        }

        @Override
        public String toString() {
            var run = fixtures.snapshot();
            var text = new StringBuilder("concurrent %d, launches %d, auto %s, waves %s%n"
                    .formatted(concurrent, launches, auto, waveLimits));
            var waiting = WaitingReasons.of(run, 0, now);
            dependencies.forEach((number, on) -> {
                var row = fixtures.row(number);
                text.append("%s %s %s %s after %s: %s%n"
                        .formatted(
                                row.serverName(),
                                row.wave(),
                                row.stage(),
                                row.outcome(),
                                on,
                                waiting.get(number) == null
                                        ? ""
                                        : waiting.get(number).line()));
            });
            return text.append(String.join(", ", story)).toString();
        }
    }
}
