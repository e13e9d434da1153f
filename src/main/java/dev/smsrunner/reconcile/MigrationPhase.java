package dev.smsrunner.reconcile;

import dev.smsrunner.sms.CopyState;
import dev.smsrunner.sms.MigrationCycle;
import dev.smsrunner.sms.TaskState;

/**
 * What the states of a server mean together, whatever we have done so far. The pairings of task state, copy state and
 * migration cycle are those of the API reference (ListServers, ShowTask, 2026-01-27); never read from percentages.
 */
public enum MigrationPhase {
    /** The source is not in the list. */
    NO_SOURCE,
    /** The source has no task. */
    NO_TASK,
    /** One of the states is a text that no table knows. */
    UNKNOWN,
    /** The task waits for its start. */
    IDLE,
    /** The task was paused, by a person or by the service. */
    PAUSED,
    /** The full copy goes on. */
    COPYING,
    /** The task says success while the source is not launched: on the way between the copy and what follows it. */
    WAYPOINT,
    /** The copy is complete and kept in sync: the target may be launched. */
    SYNCED,
    /** The target is being launched. */
    LAUNCHING,
    /** The target runs. */
    FINISHED,
    /** The copy, the synchronisation or the launch failed. */
    FAILED,
    /** Something else goes on that ends by itself: pausing, cloning, deleting, rolling back. */
    BETWEEN;

    /** Reads the three states together. */
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
