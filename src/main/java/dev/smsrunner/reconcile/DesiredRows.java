package dev.smsrunner.reconcile;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Desired state of each row, from the inventory and the job file. */
public final class DesiredRows {

    private final Map<Integer, InventoryRow> rows = new HashMap<>();

    /**
     * Reads the rows from the ledger.
     *
     * @param defaults of the job file, for empty cells
     */
    public DesiredRows(Ledger ledger, String runId, Map<String, String> defaults) {
        ledger.inventory(runId).forEach(line -> rows.put(line.row(), line.toRow(defaults)));
    }

    /** Desired state of a row. */
    public InventoryRow of(LedgerRow row) {
        return Objects.requireNonNull(rows.get(row.row()));
    }
}
