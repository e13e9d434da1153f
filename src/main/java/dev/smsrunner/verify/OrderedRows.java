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

/** Which row comes after which: what the inventory said then of rows, compared with what the events tell of their states. */
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

    /** A server outside the run was seen to be launched. */
    void acceptedElsewhere(String key) {
        elsewhere.add(key);
    }

    /** The first thing that the row had to wait for still when the event happened; empty when nothing. */
    Optional<String> missing(int row, RecordedSettings agreed, ReplayedTables before) {
        var order = orderOf(row, before);
        return order == null
                ? Optional.empty()
                : order.awaited().stream()
                        .flatMap(server -> missing(server, before).stream())
                        .findFirst()
                        .or(() -> openWave(order.wave(), agreed, before));
    }

    private Optional<String> missing(AwaitedServer server, ReplayedTables before) {
        var meant = meant(server, before);
        if (meant.isEmpty()) {
            return isThereElsewhere(server) || !isEveryRowKnown(before)
                    ? Optional.empty()
                    : Optional.of("its dependency %s, which was not seen to be launched".formatted(server.text()));
        }
        return meant.stream()
                .filter(other -> !server.isReachedBy(before.row(other)))
                .map(other ->
                        "its dependency %s (row %d, %s)".formatted(server.text(), other, state(before.row(other))))
                .findFirst();
    }

    private boolean isThereElsewhere(AwaitedServer server) {
        return elsewhere.contains(server.key())
                || server.level().equals("synced") && earlier.synced().contains(server.key());
    }

    private List<Integer> meant(AwaitedServer server, ReplayedTables before) {
        if (!server.isById()) {
            return byName.getOrDefault(server.key(), Set.of()).stream()
                    .filter(row -> isThen(row, before, order -> order.key().equals(server.key())))
                    .toList();
        }
        return before.rows().entrySet().stream()
                .filter(row -> AwaitedServer.keyOfId(row.getValue().getOrDefault("source_id", ""))
                        .equals(server.key()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Optional<String> openWave(String wave, RecordedSettings agreed, ReplayedTables before) {
        for (var earlier : agreed.after(wave)) {
            var open = byWave.getOrDefault(earlier, Set.of()).stream()
                    .filter(row -> isThen(row, before, order -> order.wave().equals(earlier)))
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
     * What the inventory said then of the row, since a person may change that; null when no event tells, as those of earlier
     * versions.
     */
    private @Nullable PlannedOrder orderOf(int row, ReplayedTables before) {
        var then = before.digests().get(row);
        if (then == null) {
            return null;
        }
        return then.equals(digests.computeIfAbsent(row, this::digest)) ? orders.get(row) : former.of(row, then);
    }

    private boolean isThen(int row, ReplayedTables before, Predicate<PlannedOrder> what) {
        var order = orderOf(row, before);
        return order != null && what.test(order);
    }

    private boolean isEveryRowKnown(ReplayedTables before) {
        return before.digests().keySet().stream().allMatch(row -> orderOf(row, before) != null);
    }

    private String digest(int row) {
        return Hashes.ofRow(rows.getOrDefault(row, Map.of()), cells.getOrDefault(row, ""));
    }
}
