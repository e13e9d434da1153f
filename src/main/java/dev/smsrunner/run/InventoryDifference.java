package dev.smsrunner.run;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.ledger.InventoryLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** What is different between the inventory that a run began with and the file as it is now. */
final class InventoryDifference {

    private InventoryDifference() {}

    /** One line per difference; empty when the rows are the same and only the bytes differ. */
    static List<String> between(List<InventoryLine> before, ItemStreamReader<InventoryRow> now) {
        var known = new TreeMap<Integer, InventoryLine>();
        before.forEach(line -> known.put(line.row(), line));
        var differences = new ArrayList<String>();
        now.open(new ExecutionContext());
        try {
            for (var row = now.read(); row != null; row = now.read()) {
                compare(known.remove(row.row()), row, differences);
            }
        } catch (Exception unreadable) {
            throw new IllegalStateException("The inventory changed while it was read. Run again.", unreadable);
        } finally {
            now.close();
        }
        known.values().forEach(line -> differences.add("row %d (line %d) is gone".formatted(line.row(), line.line())));
        return differences;
    }

    private static void compare(
            @org.jspecify.annotations.Nullable InventoryLine before, InventoryRow now, List<String> differences) {
        if (before == null) {
            differences.add("row %d (line %d) is new: %s".formatted(now.row(), now.line(), now.serverName()));
            return;
        }
        var cells = now.cells();
        if (!before.cells().equals(cells)) {
            differences.add("row %d (line %d, %s), %s"
                    .formatted(now.row(), now.line(), now.serverName(), changed(before.cells(), cells)));
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
