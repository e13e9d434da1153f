package dev.smsrunner.run;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.ledger.InventoryLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** What is different between the inventory that a run began with and the file as it is now. */
final class InventoryDifference {

    private static final String MOVED = " moved";

    private InventoryDifference() {}

    /** One line per difference, server by server; empty when the rows are the same and only the bytes differ. */
    static List<String> between(List<InventoryLine> before, ItemStreamReader<InventoryRow> now) {
        var known = new LinkedHashMap<String, InventoryLine>();
        before.forEach(line -> known.put(server(line.cells()), line));
        var differences = new ArrayList<String>();
        now.open(new ExecutionContext());
        try {
            for (var row = now.read(); row != null; row = now.read()) {
                compare(known.remove(server(row.cells())), row, differences);
            }
        } catch (Exception unreadable) {
            throw new IllegalStateException("The inventory changed while it was read. Run again.", unreadable);
        } finally {
            now.close();
        }
        known.forEach((server, line) -> differences.add("%s is gone (was row %d)".formatted(server, line.row())));
        boolean onlyMoved = differences.stream().allMatch(difference -> difference.endsWith(MOVED));
        return onlyMoved && !differences.isEmpty() ? List.of("the rows stand in another order") : without(differences);
    }

    /** Rows that merely moved are not worth a line beside those because of which they moved. */
    private static List<String> without(List<String> differences) {
        return differences.stream()
                .filter(difference -> !difference.endsWith(MOVED))
                .toList();
    }

    private static String server(Map<String, String> cells) {
        var name = cells.getOrDefault("server_name", "");
        var id = cells.getOrDefault("source_server_id", "");
        var address = cells.getOrDefault("source_ip", "");
        return name.isEmpty()
                ? id + address + cells.getOrDefault("task_id", "")
                : name + (id.isEmpty() ? "" : " " + id);
    }

    private static void compare(@Nullable InventoryLine before, InventoryRow now, List<String> differences) {
        if (before == null) {
            differences.add("%s is new (row %d, line %d)".formatted(now.serverName(), now.row(), now.line()));
        } else if (!before.cells().equals(now.cells())) {
            differences.add("%s (row %d, line %d): %s"
                    .formatted(now.serverName(), now.row(), now.line(), changed(before.cells(), now.cells())));
        } else if (before.row() != now.row()) {
            differences.add(now.serverName() + MOVED);
        }
    }

    private static String changed(Map<String, String> before, Map<String, String> now) {
        var changes = new ArrayList<String>();
        now.forEach((column, cell) -> {
            var was = before.get(column);
            if (!cell.equals(was)) {
                changes.add("%s: '%s' -> '%s'".formatted(column, was == null ? "" : was, cell));
            }
        });
        before.keySet().stream()
                .filter(column -> !now.containsKey(column))
                .forEach(column -> changes.add("column " + column + " is gone"));
        return String.join(", ", changes);
    }
}
