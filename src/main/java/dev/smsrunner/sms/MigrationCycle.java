package dev.smsrunner.sms;

import org.jspecify.annotations.Nullable;

/** Stage of a source server: {@code migration_cycle} when read, {@code migrationcycle} when written (UpdateCopyState, 2026-01-27). */
public enum MigrationCycle {
    CHECKING,
    SETTING,
    REPLICATING,
    SYNCING,
    CUTOVERING,
    CUTOVERED,
    NO_READY,
    READY_FOR_TEST,
    TESTING,
    TESTED,
    /** A text that this version does not know: keep looking, never act upon it. */
    UNKNOWN,
    /** The answer said nothing. */
    ABSENT;

    /** Reads any letter case. Never null, never throws. */
    public static MigrationCycle of(@Nullable String text) {
        String name = StateText.normal(text);
        return name.isEmpty() ? ABSENT : StateText.find(values(), name, UNKNOWN);
    }
}
