package dev.smsrunner.sms;

import org.jspecify.annotations.Nullable;

/** Stage of a source server: {@code migration_cycle} in answers, {@code migrationcycle} in requests (UpdateCopyState, 2026-01-27). */
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
    /** Unknown text: keep polling, never act upon it. */
    UNKNOWN,
    /** No stage in the answer. */
    ABSENT;

    /** Parses a stage in any letter case. Never null, never throws. */
    public static MigrationCycle of(@Nullable String text) {
        String name = StateText.normalize(text);
        return name.isEmpty() ? ABSENT : StateText.find(values(), name, UNKNOWN);
    }
}
