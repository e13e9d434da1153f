package dev.smsrunner.job;

import dev.smsrunner.inventory.InventoryRow;
import java.util.List;
import java.util.Set;

/** Plans rows with the preflight of the run; changes nothing. */
public interface RowPlanner {

    /** First steps that the rows of this job may have, in the order of the totals. */
    Set<PlannedRow.Step> steps();

    /** Plans one row. */
    PlannedRow plan(InventoryRow row);

    /** Warnings about the plan as a whole, after its last row. */
    default List<String> warnings() {
        return List.of();
    }
}
