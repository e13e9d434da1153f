package dev.smsrunner.ledger;

/** Operations of the runner that change the cloud for one row. */
public enum Operation {
    /** POST /v3/tasks (CreateTask). */
    CREATE,
    /** PUT /v3/tasks/{id} (UpdateTask). */
    UPDATE,
    /** Action {@code start}, the first time and after a failure (UpdateTaskStatus). */
    START,
    /** Action {@code test}, which launches the target server (UpdateTaskStatus). */
    LAUNCH,
    /** Action {@code stop}, which pauses a task that was not launched in its windows (UpdateTaskStatus). */
    PAUSE,
    /** Any operation on a task that the job {@code action} sends (UpdateTaskStatus). */
    ACTION,
    /** PUT /v3/sources/{id}/changestate (UpdateCopyState). */
    CHANGESTATE,
    /** PUT /v3/tasks/{id} of the job {@code update} (UpdateTask). */
    EDIT,
    /** POST /v3/tasks/{id}/speed-limit of the job {@code update} (UpdateSpeed). */
    LIMIT_SPEED,
    /** POST /v3/tasks/{id}/speed-limit before the first start (UpdateSpeed). */
    SPEED_RULES,
    /** POST /v2/{project}/migration-task/batch-stop of DCS (BatchStopMigrationTasks). */
    STOP,
    /** POST /v3/tasks/delete (DeleteTasks). */
    DELETE_TASK,
    /** POST /v3/sources/delete (DeleteServers). */
    DELETE_SOURCE;

    /** Whether an accepted call puts the row under way. */
    public boolean startsRow() {
        return switch (this) {
            case START, ACTION, CHANGESTATE, EDIT, LIMIT_SPEED, STOP, DELETE_TASK, DELETE_SOURCE -> true;
            case CREATE, UPDATE, SPEED_RULES, LAUNCH, PAUSE -> false;
        };
    }
}
