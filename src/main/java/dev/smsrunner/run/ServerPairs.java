package dev.smsrunner.run;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.inventory.IpAddress;
import dev.smsrunner.inventory.ServerName;
import dev.smsrunner.ledger.StoredInventoryLine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Pairing of the rows of a changed inventory with the recorded lines. Servers are matched by normalized name and id. Servers
 * with the same name and no id are matched by address. A single remaining server on both sides has a changed address.
 */
final class ServerPairs {

    private final Map<String, List<StoredInventoryLine>> unpaired = new LinkedHashMap<>();
    private final Map<InventoryRow, StoredInventoryLine> pairs = new HashMap<>();

    ServerPairs(List<StoredInventoryLine> before, List<InventoryRow> current) {
        before.forEach(line -> unpaired.computeIfAbsent(key(line.cells()), key -> new ArrayList<>(1))
                .add(line));
        var rest = new LinkedHashMap<String, List<InventoryRow>>();
        for (var row : current) {
            var key = key(row.cells());
            if (!pairByAddress(key, row)) {
                rest.computeIfAbsent(key, each -> new ArrayList<>(1)).add(row);
            }
        }
        rest.forEach(this::pairLast);
    }

    /** Recorded line of the row, null when the row is new. */
    @Nullable
    StoredInventoryLine lineOf(InventoryRow row) {
        return pairs.get(row);
    }

    /** Recorded lines without a row, in their order. */
    List<StoredInventoryLine> removedLines() {
        return unpaired.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingInt(StoredInventoryLine::row))
                .toList();
    }

    private boolean pairByAddress(String key, InventoryRow row) {
        var address = address(row.cells());
        var lines = unpaired.getOrDefault(key, List.of());
        var same = lines.stream()
                .filter(line -> address(line.cells()).equals(address))
                .findFirst();
        same.ifPresent(line -> pair(lines, line, row));
        return same.isPresent();
    }

    private void pairLast(String key, List<InventoryRow> rows) {
        var lines = unpaired.getOrDefault(key, List.of());
        if (rows.size() == 1 && lines.size() == 1) {
            pair(lines, lines.get(0), rows.get(0));
        }
    }

    private void pair(List<StoredInventoryLine> lines, StoredInventoryLine line, InventoryRow row) {
        pairs.put(row, line);
        lines.remove(line);
    }

    private static String key(Map<String, String> cells) {
        return describe(cells, ServerName::key);
    }

    /**
     * Name and id of a server, or what the row has instead of a name.
     *
     * @param format format of the name
     */
    static String describe(Map<String, String> cells, UnaryOperator<String> format) {
        var name = format.apply(cells.getOrDefault("server_name", ""));
        var id = cells.getOrDefault("source_server_id", "");
        return name.isEmpty()
                ? id + cells.getOrDefault("source_ip", "") + cells.getOrDefault("task_id", "")
                : name + (id.isEmpty() ? "" : " " + id);
    }

    private static String address(Map<String, String> cells) {
        var text = cells.getOrDefault("source_ip", "");
        return IpAddress.parse(text).map(IpAddress::toString).orElse(text);
    }
}
