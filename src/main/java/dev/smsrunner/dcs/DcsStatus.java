package dev.smsrunner.dcs;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Status of a data-migration task with regard to a stop. Pages, SDK and live service differ in spelling: INCRMIGRATING
 * is also INCRMIGEATING, a failure is FAILED or MIGRATION_FAILED.
 */
public enum DcsStatus {
    /** The task runs, in the full or the incremental phase, or waits for its configuration. */
    RUNNING,
    /** The service is stopping the task. */
    STOPPING,
    /** The task was stopped: TERMINATED. */
    STOPPED,
    /** The task succeeded: SUCCESS or RELEASED. */
    ENDED,
    /** The task failed: FAILED or MIGRATION_FAILED. */
    FAILED,
    /** The task was deleted. */
    DELETED,
    /** Unknown or missing status: keep polling, never act upon it. */
    UNKNOWN;

    /** Parses a status in any letter case. Never null, never throws. */
    public static DcsStatus of(@Nullable String text) {
        var normalized = text == null ? "" : text.strip().toUpperCase(Locale.ROOT);
        return switch (normalized) {
            case "MIGRATING", "FULLMIGRATING", "INCRMIGRATING", "INCRMIGEATING", "RUNNING" -> RUNNING;
            case "TERMINATING" -> STOPPING;
            case "TERMINATED" -> STOPPED;
            case "SUCCESS", "RELEASED" -> ENDED;
            case "FAILED", "MIGRATION_FAILED" -> FAILED;
            case "DELETED" -> DELETED;
            default -> UNKNOWN;
        };
    }
}
