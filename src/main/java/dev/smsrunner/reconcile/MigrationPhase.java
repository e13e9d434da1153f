package dev.smsrunner.reconcile;

import dev.smsrunner.sms.CopyState;
import dev.smsrunner.sms.MigrationCycle;
import dev.smsrunner.sms.TaskState;

/**
 * Phase of a server: the combined meaning of its states, independent of the run. The combinations of task state, copy state
 * and migration cycle are those in the API reference (ListServers, ShowTask, 2026-01-27); never derived from percentages.
 */
public enum MigrationPhase {
    /** The source is not in the list. */
    NO_SOURCE,
    /** The source has no task. */
    NO_TASK,
    /** One of the states is not in the tables. */
    UNKNOWN,
    /** The task waits for its start. */
    IDLE,
    /** An operator or the service paused the task. */
    PAUSED,
    /** The full copy is running. */
    COPYING,
    /** The task reports success while the source is not launched: between the copy and the next phase. */
    WAYPOINT,
    /** The copy is complete and kept in sync: the target may be launched. */
    SYNCED,
    /** The target is being launched. */
    LAUNCHING,
    /** The target runs. */
    FINISHED,
    /** The copy, the synchronisation or the launch failed. */
    FAILED,
    /** A transition that ends by itself: pausing, cloning, deleting, rolling back. */
    BETWEEN;

    /** Combines the three states. */
    public static MigrationPhase of(TaskState task, CopyState copy, MigrationCycle cycle) {
        if (task == TaskState.UNKNOWN || copy == CopyState.UNKNOWN || cycle == MigrationCycle.UNKNOWN) {
            return UNKNOWN;
        }
        if (task == TaskState.ABSENT) {
            return NO_TASK;
        }
        return switch (task) {
            case READY -> IDLE;
            case ABORT -> PAUSED;
            case MIGRATE_FAIL, SYNC_FAIL, SYNC_F_ROLLBACK_SUCCESS -> FAILED;
            case MIGRATE_SUCCESS, SYNC_SUCCESS -> succeeded(copy, cycle);
            case RUNNING, SYNCING -> working(task, copy, cycle);
            default -> BETWEEN;
        };
    }

    private static MigrationPhase succeeded(CopyState copy, MigrationCycle cycle) {
        if (launched(copy, cycle)) {
            return FINISHED;
        }
        return launching(copy, cycle) ? LAUNCHING : WAYPOINT;
    }

    private static MigrationPhase working(TaskState task, CopyState copy, MigrationCycle cycle) {
        if (launching(copy, cycle) || launched(copy, cycle)) {
            return LAUNCHING;
        }
        return switch (copy) {
            case STOPPING, STOPPED, SKIPPING, DELETING, CLONING, CLEARING, CLEARFAILED, ERROR, UNAVAILABLE -> BETWEEN;
            case SYNCING -> task == TaskState.SYNCING ? SYNCED : COPYING;
            case ABSENT -> task == TaskState.SYNCING && cycle == MigrationCycle.SYNCING ? SYNCED : COPYING;
            default -> COPYING;
        };
    }

    private static boolean launched(CopyState copy, MigrationCycle cycle) {
        return copy.isLaunched() || cycle == MigrationCycle.CUTOVERED;
    }

    private static boolean launching(CopyState copy, MigrationCycle cycle) {
        return copy == CopyState.CUTOVERING || cycle == MigrationCycle.CUTOVERING;
    }
}
