package dev.smsrunner.report;

import dev.smsrunner.ledger.StoredInventoryLine;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * Columns of an inventory with their names in a report.
 *
 * @param inventory names in the inventory, in its order
 * @param echoed names in a report; a name that collides with a result column gets the prefix {@code inventory_}
 */
record InventoryColumns(List<String> inventory, List<String> echoed) {

    static InventoryColumns of(List<String> inventory) {
        var taken = new HashSet<>(ReportRow.COLUMNS);
        taken.addAll(ReportData.EXTRA_COLUMNS);
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

    /** The cells of a line in column order. */
    List<String> cells(StoredInventoryLine line) {
        return inventory.stream()
                .map(column -> line.cells().getOrDefault(column, ""))
                .toList();
    }
}
