package dev.smsrunner.dcs;

import org.jspecify.annotations.Nullable;

/**
 * Result of one task of a batch (BatchStopMigrationTasks). Success means dispatched; only the status of the task
 * confirms the stop.
 *
 * @param result success or failed, in the spelling of the service
 * @param errorCode only in editions since 2025
 * @param errorMessage only in editions since 2025
 */
public record StopResult(
        String taskId,
        @Nullable String result,
        @Nullable String errorCode,
        @Nullable String errorMessage) {

    public boolean isDispatched() {
        return "success".equalsIgnoreCase(result);
    }

    public boolean isFailed() {
        return "failed".equalsIgnoreCase(result);
    }
}
