package dev.smsrunner.intake;

import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.inventory.RowRules;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Cells that the job needs and that are empty in rows of an inventory.
 *
 * @param columns columns of which one needs a value
 * @param rows number of rows without one
 */
public record RequiredCells(List<Column> columns, int rows) {

    /** Empty cells of all rows, in the order of the rules. */
    static List<RequiredCells> of(List<Map<String, String>> rows, RowRules rules) {
        var counts = new LinkedHashMap<List<Column>, Integer>();
        for (var cells : rows) {
            var row = InventoryRow.restore(1, 1, cells, Map.of());
            emptyIn(row, rules).forEach(group -> counts.merge(group, 1, Integer::sum));
        }
        return counts.entrySet().stream()
                .map(each -> new RequiredCells(each.getKey(), each.getValue()))
                .toList();
    }

    private static List<List<Column>> emptyIn(InventoryRow row, RowRules rules) {
        var empty = new ArrayList<List<Column>>();
        rules.requiredColumns().stream()
                .filter(group ->
                        group.stream().allMatch(column -> row.value(column).isEmpty()))
                .forEach(empty::add);
        if (empty.isEmpty()) {
            rules.checkCombination(row, (column, problem) -> {
                if (row.value(column).isEmpty()) {
                    empty.add(List.of(column));
                }
            });
        }
        return empty;
    }

    /** Names of the columns, with {@code or} between them. */
    public String names() {
        return columns.stream().map(Column::label).collect(Collectors.joining(" or "));
    }
}
