package dev.smsrunner.job.action;

import dev.smsrunner.reconcile.Observation;
import dev.smsrunner.sms.CopyState;
import dev.smsrunner.sms.MigrationCycle;
import dev.smsrunner.sms.TaskState;

/** Phase of a migration: the combined meaning of task state, source state and cycle; finer than in the main job. */
enum ActionPhase {
    /** The source has no task. */
    NO_TASK,
    /** One of the states is not known to this version: never acted upon. */
    UNKNOWN,
    /** The source failed the environment check of SMS. */
    UNAVAILABLE,
    /** Configured, not started. */
    READY,
    /** Full copy, including its initialisation. */
    COPYING,
    /** The task reports success while the source is neither launched nor in sync. */
    WAYPOINT,
    /** Continuous synchronisation. */
    SYNCED,
    /** The target is being cloned. */
    CLONING,
    /** The consistency check is being skipped. */
    SKIPPING,
    /** A drill is about to start, or is running. */
    DRILLING,
    /** The drill is done. */
    DRILLED,
    /** The drill failed. */
    DRILL_FAILED,
    /** The target is being launched. */
    LAUNCHING,
    /** The target runs. */
    FINISHED,
    /** Snapshots are being cleared. */
    CLEARING,
    /** Snapshots are cleared. */
    CLEARED,
    /** Snapshots could not be cleared. */
    CLEAR_FAILED,
    /** Being paused. */
    PAUSING,
    /** Paused. */
    PAUSED,
    /** The copy, the synchronisation or the launch failed. */
    FAILED,
    /** A failed synchronisation is being rolled back. */
    ROLLING_BACK,
    /** A failed synchronisation was rolled back. */
    ROLLED_BACK,
    /** Task or source is being deleted. */
    DELETING;

    static ActionPhase of(Observation observed) {
        return of(observed.task(), observed.copy(), observed.cycle());
    }

    static ActionPhase of(TaskState task, CopyState copy, MigrationCycle cycle) {
        if (task == TaskState.ABSENT) {
            return NO_TASK;
        }
        if (task == TaskState.UNKNOWN || copy == CopyState.UNKNOWN || cycle == MigrationCycle.UNKNOWN) {
            return UNKNOWN;
        }
        if (task == TaskState.DELETING || copy == CopyState.DELETING) {
            return DELETING;
        }
        return switch (task) {
            case READY -> copy == CopyState.UNAVAILABLE ? UNAVAILABLE : READY;
            case ABORTING -> PAUSING;
            case ABORT -> PAUSED;
            case RESETING, SYNC_F_ROLLBACKING -> ROLLING_BACK;
            case SYNC_F_ROLLBACK_SUCCESS -> ROLLED_BACK;
            case SKIPPING -> SKIPPING;
            case MIGRATE_FAIL, SYNC_FAIL -> failed(copy);
            default -> working(task, copy, cycle);
        };
    }

    private static ActionPhase failed(CopyState copy) {
        return switch (copy) {
            case PREMIGFAILED -> DRILL_FAILED;
            case CLEARFAILED -> CLEAR_FAILED;
            default -> FAILED;
        };
    }

    /** Phase of a running or successful task, by the state of its source. */
    private static ActionPhase working(TaskState task, CopyState copy, MigrationCycle cycle) {
        return switch (copy) {
            case CLONING -> CLONING;
            case SKIPPING -> SKIPPING;
            case PREMIGREADY, PREMIGING -> DRILLING;
            case PREMIGED -> DRILLED;
            case PREMIGFAILED -> DRILL_FAILED;
            case CLEARING -> CLEARING;
            case CLEARED -> CLEARED;
            case CLEARFAILED -> CLEAR_FAILED;
            case CUTOVERING -> LAUNCHING;
            case STOPPING, STOPPED -> PAUSING;
            default -> task.isSuccess() ? succeeded(copy, cycle) : underWay(task, copy, cycle);
        };
    }

    private static ActionPhase succeeded(CopyState copy, MigrationCycle cycle) {
        if (copy == CopyState.FINISHED || cycle == MigrationCycle.CUTOVERED) {
            return FINISHED;
        }
        if (cycle == MigrationCycle.CUTOVERING) {
            return LAUNCHING;
        }
        return copy == CopyState.SYNCING ? SYNCED : WAYPOINT;
    }

    private static ActionPhase underWay(TaskState task, CopyState copy, MigrationCycle cycle) {
        if (copy == CopyState.FINISHED || cycle == MigrationCycle.CUTOVERING || cycle == MigrationCycle.CUTOVERED) {
            return LAUNCHING;
        }
        boolean inSync = copy == CopyState.SYNCING || copy == CopyState.ABSENT && cycle == MigrationCycle.SYNCING;
        return task == TaskState.SYNCING && inSync ? SYNCED : COPYING;
    }
}
