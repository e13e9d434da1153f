package dev.smsrunner.sms;

import org.jspecify.annotations.Nullable;

/**
 * Step of a task (ShowTask, API reference 2026-01-27).
 *
 * @param progress percent; may be null or above 100 in practice: for display only
 * @param startDate milliseconds since 1970
 * @param endDate milliseconds since 1970, null while it runs
 */
@Payload
public record SubTask(
        @Nullable Long id,
        @Nullable String name,
        @Nullable Integer progress,
        @Nullable Long startDate,
        @Nullable Long endDate,
        @Nullable String userOp) {}
