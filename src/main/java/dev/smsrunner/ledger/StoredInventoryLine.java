package dev.smsrunner.ledger;

import dev.smsrunner.inventory.InventoryRow;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Map;

/**
 * One data row of the stored inventory.
 *
 * @param row counted from 1
 * @param line first line in the file, from 1
 * @param cells column name to cell, in the order of the file
 */
public record StoredInventoryLine(int row, int line, Map<String, String> cells) {

    /** Line as it was read from the file. */
    static StoredInventoryLine read(ResultSet at, int index) throws SQLException {
        return new StoredInventoryLine(
                at.getInt("row_no"), at.getInt("line_no"), ColumnCodec.toMap(at.getString("cells")));
    }

    /**
     * Row of the inventory.
     *
     * @param defaults values of the job file for empty cells, by column name
     */
    public InventoryRow toRow(Map<String, String> defaults) {
        return InventoryRow.restore(row, line, cells, defaults);
    }
}
