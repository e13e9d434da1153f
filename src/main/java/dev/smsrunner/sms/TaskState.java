package dev.smsrunner.sms;

import org.jspecify.annotations.Nullable;

/** State of a migration task (ShowTask and ListTasks, API reference 2026-01-28; the spelling RESETING is the service's). */
public enum TaskState {
    READY,
    RUNNING,
    SYNCING,
    MIGRATE_SUCCESS,
    SYNC_SUCCESS,
    MIGRATE_FAIL,
    SYNC_FAIL,
    ABORTING,
    ABORT,
    SKIPPING,
    DELETING,
    RESETING,
    /** The synchronisation failed and is being rolled back. */
    SYNC_F_ROLLBACKING,
    /** The synchronisation failed and was rolled back. */
    SYNC_F_ROLLBACK_SUCCESS,
    /** A text that this version does not know: keep looking, never act upon it. */
    UNKNOWN,
    /** The answer said nothing. */
    ABSENT;

    /** Reads any letter case; v1's SUCCESS and FAIL mean the migration ones. Never null, never throws. */
    public static TaskState of(@Nullable String text) {
        String name = StateText.normal(text);
        return switch (name) {
            case "" -> ABSENT;
            case "SUCCESS" -> MIGRATE_SUCCESS;
            case "FAIL" -> MIGRATE_FAIL;
            case "RESETTING" -> RESETING;
            default -> StateText.find(values(), name, UNKNOWN);
        };
    }

    /** The copy ended well, once or in continuous synchronisation. */
    public boolean isSuccess() {
        return this == MIGRATE_SUCCESS || this == SYNC_SUCCESS;
    }

    /** The copy or the synchronisation failed; a rollback afterwards does not change that. */
    public boolean isFailure() {
        return this == MIGRATE_FAIL || this == SYNC_FAIL || this == SYNC_F_ROLLBACK_SUCCESS;
    }

    /** {@code start} makes sense: new, failed or paused (API reference, page of UpdateTaskStatus). */
    public boolean isStartable() {
        return this == READY || this == ABORT || isFailure();
    }
}
