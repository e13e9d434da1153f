package dev.smsrunner.ledger;

/** What the runner may change in the cloud for one row. */
public enum Operation {
    /** POST /v3/tasks (CreateTask). */
    CREATE,
    /** PUT /v3/tasks/{id} (UpdateTask). */
    UPDATE,
    /** Action {@code start}, the first time and after a failure (UpdateTaskStatus). */
    START,
    /** Action {@code test}, which launches the target server (UpdateTaskStatus). */
    LAUNCH,
    /** Any operation on a task that the job {@code action} sends (UpdateTaskStatus). */
    ACTION,
    /** PUT /v3/sources/{id}/changestate (UpdateCopyState). */
    CHANGESTATE,
    /** PUT /v3/tasks/{id} as all that is wanted of a row, which the job {@code update} sends (UpdateTask). */
    EDIT,
    /** POST /v3/tasks/{id}/speed-limit, which the job {@code update} sends (UpdateSpeed). */
    LIMIT_SPEED,
    /** POST /v3/tasks/{id}/speed-limit before the first start (UpdateSpeed). */
    SPEED_RULES,
    /** POST /v2/{project}/migration-task/batch-stop of DCS (BatchStopMigrationTasks). */
    STOP;

    /** Whether a row of the job that sends it is under way as soon as the call is accepted. */
    public boolean startsRow() {
        return switch (this) {
            case START, ACTION, CHANGESTATE, EDIT, LIMIT_SPEED, STOP -> true;
            case CREATE, UPDATE, SPEED_RULES, LAUNCH -> false;
        };
    }
}
