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
    /** The service rolls back a failed synchronisation. */
    SYNC_F_ROLLBACKING,
    /** The service has rolled back a failed synchronisation. */
    SYNC_F_ROLLBACK_SUCCESS,
    /** Unknown text: keep polling, never act upon it. */
    UNKNOWN,
    /** No state in the answer. */
    ABSENT;

    /** Parses a state in any letter case; SUCCESS and FAIL of v1 mean the migration states. Never null, never throws. */
    public static TaskState of(@Nullable String text) {
        String name = StateText.normalize(text);
        return switch (name) {
            case "" -> ABSENT;
            case "SUCCESS" -> MIGRATE_SUCCESS;
            case "FAIL" -> MIGRATE_FAIL;
            case "RESETTING" -> RESETING;
            default -> StateText.find(values(), name, UNKNOWN);
        };
    }

    /** Whether the copy succeeded, once or in continuous synchronisation. */
    public boolean isSuccess() {
        return this == MIGRATE_SUCCESS || this == SYNC_SUCCESS;
    }

    /** Whether the copy or the synchronisation failed; a later rollback does not change that. */
    public boolean isFailure() {
        return this == MIGRATE_FAIL || this == SYNC_FAIL || this == SYNC_F_ROLLBACK_SUCCESS;
    }

    /** Whether {@code start} is allowed: new, failed or paused (API reference, page of UpdateTaskStatus). */
    public boolean isStartable() {
        return this == READY || this == ABORT || isFailure();
    }
}
