package dev.smsrunner.dcs;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Phase of a data-migration task, derived from its status (ListMigrationTask and ShowMigrationTask, 2025-12-09). A stop
 * in the full phase leaves the target with a part of the data.
 */
public enum DcsPhase {
    /** Full migration: FULLMIGRATING. */
    FULL,
    /** MIGRATING, the only running status of the Java SDK 3.1.212: it covers both phases. */
    NOT_SHOWN,
    /** Incremental migration, waiting for its configuration, or no longer running. */
    OTHER;

    /** Parses a status in any letter case. Never null, never throws. */
    public static DcsPhase of(@Nullable String status) {
        var normalized = status == null ? "" : status.strip().toUpperCase(Locale.ROOT);
        return switch (normalized) {
            case "FULLMIGRATING" -> FULL;
            case "MIGRATING" -> NOT_SHOWN;
            default -> OTHER;
        };
    }
}
