package dev.smsrunner.dcs;

import org.jspecify.annotations.Nullable;

/**
 * What one task of a batch came to (BatchStopMigrationTasks). Success means dispatched: the task is stopped when its status says so.
 *
 * @param result success or failed, as the service writes it
 * @param errorCode only in editions since 2025
 * @param errorMessage only in editions since 2025
 */
public record StopResult(
        String taskId,
        @Nullable String result,
        @Nullable String errorCode,
        @Nullable String errorMessage) {

    public boolean dispatched() {
        return "success".equalsIgnoreCase(result);
    }

    public boolean failed() {
        return "failed".equalsIgnoreCase(result);
    }
}
