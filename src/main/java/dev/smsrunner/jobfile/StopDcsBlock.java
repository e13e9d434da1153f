package dev.smsrunner.jobfile;

import org.jspecify.annotations.Nullable;

/**
 * How the job {@code stop-dcs} goes about it (BatchStopMigrationTasks).
 *
 * @param chunk how many tasks one request names, 1 to 1000
 * @param targetProjectId the project of the tasks, for rows that do not name one; null = each row does
 */
public record StopDcsBlock(int chunk, @Nullable String targetProjectId) {}
