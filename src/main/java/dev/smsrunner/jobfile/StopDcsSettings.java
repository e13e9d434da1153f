package dev.smsrunner.jobfile;

import org.jspecify.annotations.Nullable;

/**
 * Settings of the job {@code stop-dcs} (BatchStopMigrationTasks).
 *
 * @param chunk maximum number of tasks of one request, 1 to 50
 * @param fullMigration what happens to a task that is still in full migration
 * @param targetProjectId the project of the tasks, for rows that do not name one; null = each row does
 */
public record StopDcsSettings(
        int chunk, FullMigration fullMigration, @Nullable String targetProjectId) {

    /** Maximum number of tasks of one request (BatchStopMigrationTasks, Chinese page of 2025). */
    static final int MOST = 50;

    /** Maximum of earlier versions: a run that they began keeps its job file. */
    static final int MOST_BEFORE = 1000;

    /** What happens to a task that is still in full migration: its target has only a part of the data. */
    public enum FullMigration {
        /** The row is rejected, the task continues. */
        KEEP,
        /** The task is stopped. */
        STOP
    }
}
