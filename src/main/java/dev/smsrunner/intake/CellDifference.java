package dev.smsrunner.intake;

import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.inventory.OsFamily;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cell of the operator's list in whose place the inventory has another value.
 *
 * @param line line of the row in the list
 * @param column name of the column
 * @param listed value of the list
 * @param written value of the inventory; empty when neither SMS nor the list has a valid one
 */
public record CellDifference(int line, String column, String listed, String written) {

    /** Columns whose values come from SMS, apart from those by which a row and its source match. */
    private static final List<Column> OF_SMS = List.of(Column.SERVER_OS_FAMILY, Column.SIZE_GB, Column.MIGRATION_TYPE);

    /** Differences of a row of the list from its row of the inventory. */
    static List<CellDifference> between(InventoryRow row, Map<String, String> written) {
        var differences = new ArrayList<CellDifference>();
        for (var column : OF_SMS) {
            var listed = row.cell(column);
            var value = written.getOrDefault(column.label(), "");
            if (!listed.isEmpty() && !isSame(column, listed, value)) {
                differences.add(new CellDifference(row.line(), column.label(), listed, value));
            }
        }
        return differences;
    }

    private static boolean isSame(Column column, String one, String other) {
        return switch (column) {
            case SERVER_OS_FAMILY ->
                OsFamily.of(one).equals(OsFamily.of(other)) && OsFamily.of(one).isPresent();
            case SIZE_GB ->
                size(one).isPresent()
                        && size(other).isPresent()
                        && size(one).get().compareTo(size(other).get()) == 0;
            default -> one.equalsIgnoreCase(other);
        };
    }

    private static Optional<BigDecimal> size(String cell) {
        var row = InventoryRow.restore(1, 1, Map.of(Column.SIZE_GB.label(), cell), Map.of());
        return Optional.ofNullable(row.sizeGb());
    }
}
