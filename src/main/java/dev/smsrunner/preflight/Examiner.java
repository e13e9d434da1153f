package dev.smsrunner.preflight;

import dev.smsrunner.inventory.InventoryRow;
import java.util.List;

/** Checks rows against the current state of the service; changes nothing. */
public interface Examiner {

    /** Findings about the whole account. */
    default List<Finding> accountFindings() {
        return List.of();
    }

    /** Reserves a source for a row that an earlier preflight accepted. No other row may use it. */
    default void reserve(String sourceId, int row) {}

    /** Checks one row. */
    PreflightResult examine(InventoryRow row);
}
