package dev.smsrunner.run;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.ledger.StoredInventoryLine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * What is different between the inventory that a run knows and the file as it is now, server by server. Bytes, the order of
 * columns, empty cells and what the reader does not tell apart make no difference.
 *
 * @param added rows that the run does not know
 * @param removed lines that the file has no more
 * @param changed rows with other cells
 * @param moved rows that stand at another place
 */
record InventoryDiff(
        List<InventoryRow> added, List<StoredInventoryLine> removed, List<Pair> changed, List<Pair> moved) {

    /** The same server then and now. */
    record Pair(StoredInventoryLine before, InventoryRow now) {

        /** The columns whose cells differ, with what they were and are. */
        Map<String, String> cells() {
            var was = filled(before.cells());
            var is = filled(now.cells());
            var columns = new TreeMap<String, String>();
            is.forEach((column, cell) -> {
                if (!cell.equals(was.get(column))) {
                    columns.put(column, "'%s' -> '%s'".formatted(was.getOrDefault(column, ""), cell));
                }
            });
            was.forEach((column, cell) -> {
                if (!is.containsKey(column)) {
                    columns.put(column, "'%s' -> ''".formatted(cell));
                }
            });
            return columns;
        }

        private static Map<String, String> filled(Map<String, String> cells) {
            var filled = new LinkedHashMap<>(cells);
            filled.values().removeIf(String::isEmpty);
            return filled;
        }
    }

    static InventoryDiff between(List<StoredInventoryLine> before, ItemStreamReader<InventoryRow> now) {
        var rows = read(now);
        var pairs = new ServerPairs(before, rows);
        var found = new InventoryDiff(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        rows.forEach(row -> found.add(pairs.before(row), row));
        found.removed().addAll(pairs.gone());
        return found;
    }

    private static List<InventoryRow> read(ItemStreamReader<InventoryRow> now) {
        var rows = new ArrayList<InventoryRow>();
        now.open(new ExecutionContext());
        try {
            for (var row = now.read(); row != null; row = now.read()) {
                rows.add(row);
            }
        } catch (Exception ex) {
            throw new IllegalStateException("The inventory changed while it was read. Run again.", ex);
        } finally {
            now.close();
        }
        return rows;
    }

    private void add(@Nullable StoredInventoryLine before, InventoryRow now) {
        if (before == null) {
            added.add(now);
            return;
        }
        var pair = new Pair(before, now);
        if (!pair.cells().isEmpty()) {
            changed.add(pair);
        } else if (before.row() != now.row()) {
            moved.add(pair);
        }
    }

    /** One line per difference; rows that merely moved are not worth one beside those because of which they moved. */
    List<String> texts() {
        var texts = new ArrayList<String>();
        added.forEach(
                row -> texts.add("%s is new (row %d, line %d)".formatted(row.serverName(), row.row(), row.line())));
        changed.forEach(pair -> texts.add("%s (row %d, line %d): %s"
                .formatted(pair.now().serverName(), pair.now().row(), pair.now().line(), text(pair))));
        removed.forEach(line -> texts.add("%s is gone (was row %d)".formatted(server(line.cells()), line.row())));
        return texts.isEmpty() && !moved.isEmpty() ? List.of("the rows stand in another order") : texts;
    }

    private static String text(Pair pair) {
        var texts = new ArrayList<String>();
        pair.cells().forEach((column, cells) -> texts.add(column + ": " + cells));
        return String.join(", ", texts);
    }

    private static String server(Map<String, String> cells) {
        var name = cells.getOrDefault("server_name", "");
        var id = cells.getOrDefault("source_server_id", "");
        var address = cells.getOrDefault("source_ip", "");
        return name.isEmpty()
                ? id + address + cells.getOrDefault("task_id", "")
                : name + (id.isEmpty() ? "" : " " + id);
    }
}
