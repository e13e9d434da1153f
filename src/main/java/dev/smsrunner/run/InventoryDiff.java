package dev.smsrunner.run;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.ledger.StoredInventoryLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/**
 * Differences between the recorded inventory of a run and the current file, by server. The comparison ignores column order,
 * empty cells and every variation that the reader normalizes.
 *
 * @param added rows that are new to the run
 * @param removed lines that are no longer in the file
 * @param changed rows with different cells
 * @param moved rows with a different row number
 */
record InventoryDiff(
        List<InventoryRow> added, List<StoredInventoryLine> removed, List<Pair> changed, List<Pair> moved) {

    /** One server in the recorded and in the current inventory. */
    record Pair(StoredInventoryLine before, InventoryRow current) {

        /** Changed cells by column, each with its old and new value. */
        Map<String, String> cells() {
            var columns = new TreeMap<String, String>();
            Stream.of(before.cells(), current.cells())
                    .flatMap(cells -> cells.keySet().stream())
                    .forEach(column -> {
                        var oldCell = before.cells().getOrDefault(column, "");
                        var newCell = current.cells().getOrDefault(column, "");
                        if (!oldCell.equals(newCell)) {
                            columns.put(column, "'%s' -> '%s'".formatted(oldCell, newCell));
                        }
                    });
            return columns;
        }
    }

    static InventoryDiff between(List<StoredInventoryLine> before, ItemStreamReader<InventoryRow> current) {
        var rows = read(current);
        var pairs = new ServerPairs(before, rows);
        var diff = new InventoryDiff(new ArrayList<>(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        rows.forEach(row -> diff.add(pairs.lineOf(row), row));
        diff.removed().addAll(pairs.removedLines());
        return diff;
    }

    private static List<InventoryRow> read(ItemStreamReader<InventoryRow> reader) {
        var rows = new ArrayList<InventoryRow>();
        reader.open(new ExecutionContext());
        try {
            for (var row = reader.read(); row != null; row = reader.read()) {
                rows.add(row);
            }
        } catch (Exception ex) {
            throw new IllegalStateException(
                    "The inventory changed while the runner read it. Run the command again.", ex);
        } finally {
            reader.close();
        }
        return rows;
    }

    private void add(@Nullable StoredInventoryLine before, InventoryRow current) {
        if (before == null) {
            added.add(current);
            return;
        }
        var pair = new Pair(before, current);
        if (!pair.cells().isEmpty()) {
            changed.add(pair);
        } else if (before.row() != current.row()) {
            moved.add(pair);
        }
    }

    /** One line per difference; moved rows get a line only if nothing else changed. */
    List<String> texts() {
        var texts = new ArrayList<String>();
        added.forEach(
                row -> texts.add("%s is new (row %d, line %d)".formatted(row.serverName(), row.row(), row.line())));
        changed.forEach(pair -> texts.add("%s (row %d, line %d): %s"
                .formatted(
                        pair.current().serverName(),
                        pair.current().row(),
                        pair.current().line(),
                        text(pair))));
        removed.forEach(line -> texts.add(
                "%s was removed (row %d)".formatted(ServerPairs.describe(line.cells(), name -> name), line.row())));
        return texts.isEmpty() && !moved.isEmpty() ? List.of("the rows are in a different order") : texts;
    }

    private static String text(Pair pair) {
        var texts = new ArrayList<String>();
        pair.cells().forEach((column, cells) -> texts.add(column + ": " + cells));
        return String.join(", ", texts);
    }
}
