package dev.smsrunner.jobfile;

import org.jspecify.annotations.Nullable;

/**
 * Settings of the job {@code stop-dcs} (BatchStopMigrationTasks).
 *
 * @param chunk maximum number of tasks of one request, 1 to 50
 * @param fullMigration handling of a task that is still in full migration
 * @param targetProjectId project of the tasks, for rows without one; null = each row has one
 */
public record StopDcsSettings(
        int chunk, FullMigration fullMigration, @Nullable String targetProjectId) {

    /** Handling of a task that is still in full migration. Its target has only a part of the data. */
    public enum FullMigration {
        /** The row is rejected, the task continues. */
        KEEP,
        /** The task is stopped. */
        STOP
    }
}
