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
import org.jspecify.annotations.Nullable;

/**
 * Which row of a changed inventory is which line of the one that a run knows. A server is known by its name, in any spelling,
 * with its id; several of one name and no id are told apart by their addresses. Where one is left on each side, its address was
 * changed.
 */
final class ServerPairs {

    private final Map<String, List<StoredInventoryLine>> gone = new LinkedHashMap<>();
    private final Map<InventoryRow, StoredInventoryLine> pairs = new HashMap<>();

    ServerPairs(List<StoredInventoryLine> before, List<InventoryRow> now) {
        before.forEach(line -> gone.computeIfAbsent(key(line.cells()), key -> new ArrayList<>(1))
                .add(line));
        var rest = new LinkedHashMap<String, List<InventoryRow>>();
        for (var row : now) {
            var key = key(row.cells());
            if (!pairedByAddress(key, row)) {
                rest.computeIfAbsent(key, each -> new ArrayList<>(1)).add(row);
            }
        }
        rest.forEach(this::pairLast);
    }

    /** The line that the row was, null when it is new. */
    @Nullable
    StoredInventoryLine before(InventoryRow row) {
        return pairs.get(row);
    }

    /** The lines that no row is, in their order. */
    List<StoredInventoryLine> gone() {
        return gone.values().stream()
                .flatMap(List::stream)
                .sorted(Comparator.comparingInt(StoredInventoryLine::row))
                .toList();
    }

    private boolean pairedByAddress(String key, InventoryRow row) {
        var address = address(row.cells());
        var same = gone.getOrDefault(key, List.of()).stream()
                .filter(line -> address(line.cells()).equals(address))
                .findFirst();
        same.ifPresent(line -> pair(key, line, row));
        return same.isPresent();
    }

    private void pairLast(String key, List<InventoryRow> rows) {
        var lines = gone.getOrDefault(key, List.of());
        if (rows.size() == 1 && lines.size() == 1) {
            pair(key, lines.get(0), rows.get(0));
        }
    }

    private void pair(String key, StoredInventoryLine line, InventoryRow row) {
        pairs.put(row, line);
        gone.get(key).remove(line);
    }

    private static String key(Map<String, String> cells) {
        var name = ServerName.key(cells.getOrDefault("server_name", ""));
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
