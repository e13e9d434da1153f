package dev.smsrunner.inventory;

import static dev.smsrunner.inventory.Column.*;

import java.util.List;

/** What a row must say, by the job that reads it; in each group at least one column must have a value. */
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

    private final List<List<Column>> needs;

    RowRules(List<List<Column>> needs) {
        this.needs = needs;
    }

    List<List<Column>> needs() {
        return needs;
    }

    /** The columns that the job update sends as they are; the rest of a row only says which task is meant. */
    public static List<Column> changes() {
        return Groups.CHANGES;
    }

    /** Groups that several jobs share. */
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
