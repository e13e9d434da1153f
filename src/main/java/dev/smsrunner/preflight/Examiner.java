package dev.smsrunner.preflight;

import dev.smsrunner.inventory.InventoryRow;
import java.util.List;

/** Examines rows against what the service says now; changes nothing. */
public interface Examiner {

    /** What concerns the whole account. */
    default List<Finding> account() {
        return List.of();
    }

    /** A row that was examined before works on the source already: no other may have it. */
    default void takenBy(String sourceId, int row) {}

    /** Examines one row. */
    PreflightResult examine(InventoryRow row);
}
