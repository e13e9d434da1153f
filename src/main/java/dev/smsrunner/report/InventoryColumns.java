package dev.smsrunner.report;

import dev.smsrunner.ledger.StoredInventoryLine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * The columns of an inventory and their names in a report.
 *
 * @param inventory as the inventory has them, in its order
 * @param echoed the same in a report, where one that has the name of a result is called {@code inventory_...}
 */
record InventoryColumns(List<String> inventory, List<String> echoed) {

    static InventoryColumns of(List<String> inventory) {
        var taken = new HashSet<>(ReportRow.COLUMNS);
        taken.addAll(ReportData.ADDED);
        taken.addAll(JsonReport.NUMBERS);
        var all = new HashSet<>(inventory);
        var echoed = new ArrayList<String>(inventory.size());
        for (var column : inventory) {
            var name = column;
            while (taken.contains(name) || (!name.equals(column) && all.contains(name))) {
                name = "inventory_" + name;
            }
            taken.add(name);
            echoed.add(name);
        }
        return new InventoryColumns(List.copyOf(inventory), List.copyOf(echoed));
    }

    /** The cells of a line, in the order of the columns. */
    List<String> cells(StoredInventoryLine line) {
        return inventory.stream()
                .map(column -> line.cells().getOrDefault(column, ""))
                .toList();
    }
}
