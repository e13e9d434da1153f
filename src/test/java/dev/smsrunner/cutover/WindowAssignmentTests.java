package dev.smsrunner.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.ActiveControls;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RequestedCutover;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.ledger.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * 300 servers in three windows of 40 launches each, in 1,000 random nights: the decisions of the runner give the assignment of
 * an independent model, which knows hours only.
 */
class WindowAssignmentTests {

    private static final int NIGHTS = 1000;
    private static final int SERVERS = 300;
    private static final int CAPACITY = 40;

    /** Hours of the three windows: opening, and the last hour with launches. */
    private static final int[][] HOURS = {{2, 5}, {8, 11}, {14, 17}};

    private static final int LAST_HOUR = 19;
    private static final List<String> NAMES = List.of("fri", "sat", "sun");
    private static final Instant BEGIN = Instant.parse("2026-12-04T12:00:00Z");
    private static final Map<String, List<Integer>> BY_WAVE =
            Map.of("wave-1", List.of(0), "wave-2", List.of(0, 1), "wave-3", List.of(1, 2), "wave-4", List.of(0, 1, 2));

    /**
     * Server of a night; hours count from its beginning.
     *
     * @param inSync hour in which it gets in sync
     * @param window only window of the row; null for those of its wave
     * @param notBefore first hour of a launch
     * @param fails whether its launch fails in the next hour
     */
    private record Server(
            int number,
            String wave,
            int priority,
            int inSync,
            @Nullable Integer window,
            int notBefore,
            boolean fails) {

        List<Integer> windows() {
            return window == null ? BY_WAVE.get(wave) : List.of(window);
        }
    }

    @Test
    void runnerAssignsAsTheModelDoes() {
        for (int seed = 0; seed < NIGHTS; seed++) {
            var servers = servers(new Random(seed));

            assertThat(runner(servers)).as("seed %d", seed).isEqualTo(model(servers));
        }
    }

    private static List<Server> servers(Random random) {
        var servers = new ArrayList<Server>();
        for (int number = 1; number <= SERVERS; number++) {
            var wave = "wave-" + (1 + random.nextInt(BY_WAVE.size()));
            var windows = BY_WAVE.get(wave);
            servers.add(new Server(
                    number,
                    wave,
                    random.nextInt(3),
                    random.nextInt(LAST_HOUR),
                    random.nextInt(5) == 0 ? windows.get(random.nextInt(windows.size())) : null,
                    random.nextInt(6) == 0 ? random.nextInt(LAST_HOUR) : 0,
                    random.nextInt(8) == 0));
        }
        return servers;
    }

    /** Hour of the launch by number of the server, in plain arithmetic. */
    private static Map<Integer, Integer> model(List<Server> servers) {
        var order = servers.stream()
                .sorted((one, other) -> !one.wave().equals(other.wave())
                        ? one.wave().compareTo(other.wave())
                        : one.priority() != other.priority()
                                ? other.priority() - one.priority()
                                : one.number() - other.number())
                .toList();
        var launched = new TreeMap<Integer, Integer>();
        var room = new int[] {CAPACITY, CAPACITY, CAPACITY};
        var givenBack = new HashMap<Integer, List<Integer>>();
        for (int hour = 0; hour <= LAST_HOUR; hour++) {
            givenBack.getOrDefault(hour, List.of()).forEach(window -> room[window]++);
            for (var server : order) {
                for (int window : server.windows()) {
                    boolean open = hour >= HOURS[window][0] && hour <= HOURS[window][1];
                    boolean ready = hour >= server.inSync() && hour >= server.notBefore();
                    if (open && ready && room[window] > 0 && !launched.containsKey(server.number())) {
                        room[window]--;
                        launched.put(server.number(), hour);
                        if (server.fails()) {
                            givenBack
                                    .computeIfAbsent(hour + 1, key -> new ArrayList<>())
                                    .add(window);
                        }
                    }
                }
            }
        }
        return launched;
    }

    /** Hour of the launch by number of the server, by the decisions of the runner. */
    private static Map<Integer, Integer> runner(List<Server> servers) {
        var plan = CutoverPlan.fromSettings(settings());
        var rows = new TreeMap<Integer, LedgerRow>();
        servers.forEach(server -> rows.put(server.number(), copying(server)));
        var launched = new TreeMap<Integer, Integer>();
        for (int hour = 0; hour <= LAST_HOUR; hour++) {
            var now = at(hour);
            for (var server : servers) {
                rows.computeIfPresent(
                        server.number(), (number, row) -> observed(row, server, launched.get(number), now));
            }
            var inSync = rows.values().stream()
                    .filter(row -> row.stage() == Stage.SYNCING)
                    .toList();
            for (var row :
                    LaunchDecider.next(inSync, new CutoverSnapshot(rows.values(), plan, ActiveControls.NONE), now)) {
                launched.put(row.row(), hour);
                rows.put(
                        row.row(),
                        row.withCall(new RowCall(Operation.LAUNCH, CallState.DONE, 2, now))
                                .withStage(Stage.LAUNCHING, now));
            }
        }
        return launched;
    }

    private static LedgerRow observed(LedgerRow row, Server server, @Nullable Integer launchedIn, Instant now) {
        if (row.stage() == Stage.REPLICATING && !now.isBefore(at(server.inSync()))) {
            return row.withStage(Stage.SYNCING, now);
        }
        if (launchedIn == null || !row.isOpen()) {
            return row;
        }
        return server.fails()
                ? row.withObserved(new ObservedState("MIGRATE_FAIL", "error", "cutovering", true, null, now, null))
                        .end(Outcome.FAILED, "SMS.0805", now)
                : row.withObserved(
                                new ObservedState("MIGRATE_SUCCESS", "cutovered", "cutovered", true, null, now, null))
                        .end(Outcome.MIGRATED, null, now);
    }

    private static LedgerRow copying(Server server) {
        var window = server.window() == null ? "" : NAMES.get(server.window());
        var notBefore = server.notBefore() == 0 ? null : at(server.notBefore());
        return LedgerRow.planned(
                        "run",
                        server.number(),
                        server.number() + 1,
                        "server-" + server.number(),
                        server.wave(),
                        server.priority(),
                        List.of(),
                        BEGIN)
                .withCutover(new RequestedCutover(window, notBefore))
                .withSource("source-" + server.number(), "task-" + server.number())
                .withTask("task-" + server.number(), BEGIN)
                .withStage(Stage.STARTED, BEGIN)
                .withStage(Stage.REPLICATING, BEGIN);
    }

    private static Map<String, String> settings() {
        var settings = new HashMap<>(Map.of("job", "migrate", "cutover.when", "synced"));
        for (int window = 0; window < NAMES.size(); window++) {
            var block = "cutover.windows." + NAMES.get(window);
            settings.put(block + ".open", at(HOURS[window][0]).toString());
            settings.put(
                    block + ".close", at(HOURS[window][1] + 1).plusSeconds(1).toString());
            settings.put(block + ".lockout", "15m");
            settings.put(block + ".zone", "Asia/Singapore");
            settings.put(block + ".capacity", String.valueOf(CAPACITY));
        }
        BY_WAVE.forEach((wave, windows) -> settings.put(
                "waves." + wave + ".windows",
                String.join(", ", windows.stream().map(NAMES::get).toList())));
        return settings;
    }

    private static Instant at(int hour) {
        return BEGIN.plus(Duration.ofHours(hour));
    }
}
