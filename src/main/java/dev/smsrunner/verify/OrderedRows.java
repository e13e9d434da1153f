package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.number;
import static dev.smsrunner.verify.Tables.text;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Launch order of the rows according to the inventory at that time, compared with the row states in the events. */
final class OrderedRows {

    private final Map<Integer, Map<String, @Nullable Object>> rows = new HashMap<>();
    private final Map<Integer, String> cells = new HashMap<>();
    private final Map<Integer, String> digests = new HashMap<>();
    private final Map<Integer, PlannedOrder> orders = new HashMap<>();
    private final Map<String, Set<Integer>> byName = new HashMap<>();
    private final Map<String, Set<Integer>> byWave = new HashMap<>();
    private final Set<String> elsewhere;
    private final EarlierRows earlier;
    private final FormerOrders former;

    OrderedRows(Tables tables, EarlierRows earlier, FormerOrders former) {
        this.earlier = earlier;
        this.former = former;
        this.elsewhere = new HashSet<>(earlier.accepted());
        tables.inventory().forEach(line -> cells.put(number(line), text(line, "cells")));
        for (var row : tables.rows()) {
            int number = number(row);
            rows.put(number, row);
            orders.put(number, PlannedOrder.of(row));
            index(number, orders.get(number));
            former.of(number).forEach(order -> index(number, order));
        }
    }

    private void index(int row, PlannedOrder order) {
        byName.computeIfAbsent(order.key(), key -> new TreeSet<>()).add(row);
        byWave.computeIfAbsent(order.wave(), wave -> new TreeSet<>()).add(row);
    }

    /** Records the observed launch of a server outside the run. */
    void acceptedElsewhere(String key) {
        elsewhere.add(key);
    }

    /** The first unsatisfied dependency or wave of the row before the event; empty for none. */
    Optional<String> missing(int row, RecordedSettings settings, ReplayedTables before) {
        var order = orderOf(row, before);
        return order == null
                ? Optional.empty()
                : order.awaited().stream()
                        .flatMap(server -> missing(server, before).stream())
                        .findFirst()
                        .or(() -> openWave(order.wave(), settings, before));
    }

    private Optional<String> missing(AwaitedServer server, ReplayedTables before) {
        var matchingRows = matchingRows(server, before);
        if (matchingRows.isEmpty()) {
            return isReachedElsewhere(server) || !isEveryRowKnown(before)
                    ? Optional.empty()
                    : Optional.of("its dependency %s, whose launch was not observed".formatted(server.text()));
        }
        return matchingRows.stream()
                .filter(other -> !server.isReachedBy(before.row(other)))
                .map(other ->
                        "its dependency %s (row %d, %s)".formatted(server.text(), other, state(before.row(other))))
                .findFirst();
    }

    private boolean isReachedElsewhere(AwaitedServer server) {
        return elsewhere.contains(server.key())
                || server.level().equals("synced") && earlier.synced().contains(server.key());
    }

    private List<Integer> matchingRows(AwaitedServer server, ReplayedTables before) {
        if (!server.isById()) {
            return byName.getOrDefault(server.key(), Set.of()).stream()
                    .filter(row -> hadOrder(row, before, order -> order.key().equals(server.key())))
                    .toList();
        }
        return before.rows().entrySet().stream()
                .filter(row -> AwaitedServer.keyOfId(row.getValue().getOrDefault("source_id", ""))
                        .equals(server.key()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Optional<String> openWave(String wave, RecordedSettings settings, ReplayedTables before) {
        for (var earlier : settings.wavesBefore(wave)) {
            var open = byWave.getOrDefault(earlier, Set.of()).stream()
                    .filter(row -> hadOrder(row, before, order -> order.wave().equals(earlier)))
                    .filter(row -> !before.row(row).getOrDefault("stage", "").equals("CLOSED"))
                    .findFirst();
            if (open.isPresent()) {
                return open.map(row -> "the end of %s (row %d, %s)".formatted(earlier, row, state(before.row(row))));
            }
        }
        return Optional.empty();
    }

    private static String state(Map<String, String> row) {
        return row.getOrDefault("outcome", row.getOrDefault("stage", ""));
    }

    /**
     * The order of the row in the inventory at that time; null if the events do not contain it, as in earlier versions.
     */
    @Nullable
    PlannedOrder orderOf(int row, ReplayedTables before) {
        var digest = before.digests().get(row);
        if (digest == null) {
            return null;
        }
        return digest.equals(digests.computeIfAbsent(row, this::digest)) ? orders.get(row) : former.of(row, digest);
    }

    private boolean hadOrder(int row, ReplayedTables before, Predicate<PlannedOrder> condition) {
        var order = orderOf(row, before);
        return order != null && condition.test(order);
    }

    private boolean isEveryRowKnown(ReplayedTables before) {
        return before.digests().keySet().stream().allMatch(row -> orderOf(row, before) != null);
    }

    private String digest(int row) {
        return Hashes.ofRow(rows.getOrDefault(row, Map.of()), cells.getOrDefault(row, ""));
    }
}
