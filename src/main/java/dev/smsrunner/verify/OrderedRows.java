package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.number;
import static dev.smsrunner.verify.Tables.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Which row comes after which: the columns of rows that no event changes, compared with what the events tell of their states. */
final class OrderedRows {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Map<Integer, Map<String, @Nullable Object>> rows = new HashMap<>();
    private final Map<Integer, String> cells = new HashMap<>();
    private final Map<Integer, String> digests = new HashMap<>();
    private final Map<String, List<Integer>> byName = new HashMap<>();
    private final Map<String, List<Integer>> byWave = new HashMap<>();
    private final Map<Integer, List<AwaitedServer>> awaited = new HashMap<>();
    private final Set<String> elsewhere;
    private final EarlierRows earlier;

    OrderedRows(Tables tables, EarlierRows earlier) {
        this.earlier = earlier;
        this.elsewhere = new HashSet<>(earlier.accepted());
        tables.inventory().forEach(line -> cells.put(number(line), text(line, "cells")));
        for (var row : tables.rows()) {
            int number = number(row);
            rows.put(number, row);
            byName.computeIfAbsent(NameKey.of(text(row, "server_name")), key -> new ArrayList<>(1))
                    .add(number);
            byWave.computeIfAbsent(text(row, "wave"), wave -> new ArrayList<>()).add(number);
        }
    }

    /** A server outside the run was seen to be launched. */
    void acceptedElsewhere(String key) {
        elsewhere.add(key);
    }

    /** The first thing that the row had to wait for still when the event happened; empty when nothing. */
    Optional<String> missing(int row, Agreed agreed, Fold before) {
        if (!isKnown(row, before)) {
            return Optional.empty();
        }
        return awaited(row).stream()
                .flatMap(server -> missing(server, before).stream())
                .findFirst()
                .or(() -> openWave(text(rows.getOrDefault(row, Map.of()), "wave"), agreed, before));
    }

    private List<AwaitedServer> awaited(int row) {
        return awaited.computeIfAbsent(row, number -> {
            var entries = text(rows.getOrDefault(number, Map.of()), "depends_on");
            return entries.isBlank()
                    ? List.of()
                    : Arrays.stream(JSON.readValue(entries, String[].class))
                            .map(AwaitedServer::of)
                            .toList();
        });
    }

    private Optional<String> missing(AwaitedServer server, Fold before) {
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

    private List<Integer> meant(AwaitedServer server, Fold before) {
        if (!server.isById()) {
            return byName.getOrDefault(server.key(), List.of()).stream()
                    .filter(row -> isKnown(row, before))
                    .toList();
        }
        return before.rows().entrySet().stream()
                .filter(row -> AwaitedServer.keyOfId(row.getValue().getOrDefault("source_id", ""))
                        .equals(server.key()))
                .map(Map.Entry::getKey)
                .toList();
    }

    private Optional<String> openWave(String wave, Agreed agreed, Fold before) {
        for (var earlier : agreed.after(wave)) {
            var open = byWave.getOrDefault(earlier, List.of()).stream()
                    .filter(row -> isKnown(row, before))
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

    /** Whether the row had then the cells that it has now: a person may change those of a row that waits. */
    private boolean isKnown(int row, Fold before) {
        var then = before.digests().get(row);
        return then != null && then.equals(digests.computeIfAbsent(row, this::digest));
    }

    private boolean isEveryRowKnown(Fold before) {
        return before.digests().keySet().stream().allMatch(row -> isKnown(row, before));
    }

    private String digest(int row) {
        return Hashes.ofRow(rows.getOrDefault(row, Map.of()), cells.getOrDefault(row, ""));
    }
}
