package dev.smsrunner.job.update;

import static dev.smsrunner.inventory.Column.*;

import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.inventory.RowRules;
import java.util.List;

/** Rows with a task and at least one new value. */
final class UpdateRowRules implements RowRules {

    /** Columns that the job sends; the other columns identify the task. */
    static final List<Column> CHANGES = List.of(
            TASK_NAME,
            MIGRATION_TYPE,
            TARGET_REGION,
            TARGET_REGION_NAME,
            TARGET_PROJECT_ID,
            TARGET_PROJECT_NAME,
            VM_TEMPLATE_ID,
            MIGRATION_IP,
            USE_PUBLIC_IP,
            SPEED_LIMIT_MBIT,
            PRIORITY,
            START_TARGET_SERVER,
            UPDATE_JSON,
            SPEED_LIMIT_RULES);

    @Override
    public List<List<Column>> requiredColumns() {
        return List.of(SOURCE_OR_TASK, CHANGES);
    }

    @Override
    public boolean hasTargetAddress(InventoryRow row) {
        return true;
    }
}
