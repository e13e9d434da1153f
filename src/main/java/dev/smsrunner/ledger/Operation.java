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
    LAUNCH
}
