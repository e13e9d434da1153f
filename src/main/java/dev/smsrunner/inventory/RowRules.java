package dev.smsrunner.inventory;

import static dev.smsrunner.inventory.Column.*;

import java.util.List;

/** Required columns of a row, by job. In each group at least one column must have a value. */
public enum RowRules {
    MIGRATE(List.of(
            List.of(SERVER_NAME),
            List.of(MIGRATION_TYPE),
            List.of(TARGET_REGION),
            List.of(TARGET_PROJECT_ID),
            List.of(VM_TEMPLATE_ID, TARGET_SERVER_ID))),
    ACTION(List.of(Groups.WHICH_TASK, List.of(OPERATION))),
    CHANGESTATE(List.of(Groups.WHICH_TASK, List.of(COPYSTATE, MIGRATIONCYCLE))),
    UPDATE(List.of(Groups.WHICH_TASK, Groups.CHANGES)),
    STOP_DCS(List.of(List.of(TASK_ID, TASK_NAME), List.of(TARGET_PROJECT_ID, PROJECT_ID)));

    private final List<List<Column>> requiredColumns;

    RowRules(List<List<Column>> needs) {
        this.requiredColumns = needs;
    }

    List<List<Column>> requiredColumns() {
        return requiredColumns;
    }

    /** Columns that the job update sends; the other columns identify the task. */
    public static List<Column> updateColumns() {
        return Groups.CHANGES;
    }

    /** Groups of columns shared by several jobs. */
    private static final class Groups {

        static final List<Column> WHICH_TASK = List.of(SERVER_NAME, SOURCE_SERVER_ID, SOURCE_IP, TASK_ID);

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
    }
}
