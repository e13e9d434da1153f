package dev.smsrunner.dcs;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the status of a data-migration task means for a stop. Pages, SDK and live service differ in their words: INCRMIGRATING is
 * also spelled INCRMIGEATING, a failure is FAILED or MIGRATION_FAILED.
 */
public enum DcsStatus {
    /** It runs, in the full or the incremental phase, or waits for its configuration. */
    RUNNING,
    /** It is being stopped. */
    STOPPING,
    /** It was stopped: TERMINATED. */
    STOPPED,
    /** It ended well: SUCCESS, or RELEASED. */
    ENDED,
    /** It ended badly: FAILED or MIGRATION_FAILED. */
    FAILED,
    /** It was deleted. */
    DELETED,
    /** A word that this version does not know, or none: keep looking, never act upon it. */
    UNKNOWN;

    /** Reads any letter case. Never null, never throws. */
    public static DcsStatus of(@Nullable String text) {
        var word = text == null ? "" : text.strip().toUpperCase(Locale.ROOT);
        return switch (word) {
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
