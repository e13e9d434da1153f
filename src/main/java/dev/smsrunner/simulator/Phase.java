package dev.smsrunner.simulator;

import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Phase of a migration with the values shown by the service: task state, source state and migration cycle.
 * The combinations follow ShowTask, ShowServer and the SMS User Guide.
 */
enum Phase {
    CONFIGURED("READY", "waiting", "setting"),
    INITIALIZING("RUNNING", "initialize", "replicating"),
    COPYING("RUNNING", "replicate", "replicating"),
    /** With continuous sync the service may briefly show MIGRATE_SUCCESS before the migration is finished. */
    COPIED("MIGRATE_SUCCESS", "replicate", "replicating"),
    SYNCING("SYNCING", "syncing", "syncing"),
    CLONING("SYNCING", "cloning", "syncing"),
    SKIPPING("SKIPPING", "skipping", "syncing"),
    DRILL_READY("SYNCING", "premigready", "syncing"),
    DRILLING("SYNCING", "premiging", "syncing"),
    DRILLED("SYNCING", "premiged", "syncing"),
    LAUNCHING("RUNNING", "cutovering", "cutovering"),
    LAUNCHING_SYNCED("SYNCING", "cutovering", "cutovering"),
    FINISHED("MIGRATE_SUCCESS", "finished", "cutovered"),
    SYNC_FINISHED("SYNC_SUCCESS", "finished", "cutovered"),
    SYNCING_AGAIN("SYNCING", "syncing", "syncing"),
    STOPPING("ABORTING", "stopping", null),
    STOPPED("ABORT", "stopped", null),
    /** The service paused the task because it repeatedly copied faster than its limit (error list, SMS.9007). */
    OVER_SPEED("ABORT", "stopped", null),
    COPY_FAILED("MIGRATE_FAIL", "error", null),
    SYNC_FAILED("SYNC_FAIL", "error", null),
    /** The source state during and after a rollback is undocumented. */
    ROLLING_BACK("SYNC_F_ROLLBACKING", "error", null),
    ROLLED_BACK("SYNC_F_ROLLBACK_SUCCESS", "error", null),
    CLEARING("MIGRATE_SUCCESS", "clearing", "cutovered"),
    CLEARED("MIGRATE_SUCCESS", "cleared", "cutovered"),
    DELETING("DELETING", "deleting", null),
    GONE("DELETING", "deleting", null);

    private static final Set<Phase> IN_SYNC = EnumSet.of(SYNCING, CLONING, SKIPPING, DRILL_READY, DRILLING, DRILLED);
    private static final Set<Phase> OCCUPYING = EnumSet.of(
            INITIALIZING,
            COPYING,
            COPIED,
            SYNCING,
            CLONING,
            SKIPPING,
            DRILL_READY,
            DRILLING,
            DRILLED,
            LAUNCHING,
            LAUNCHING_SYNCED,
            SYNCING_AGAIN);

    private final String taskState;
    private final String sourceState;
    private final @Nullable String cycle;

    Phase(String taskState, String sourceState, @Nullable String cycle) {
        this.taskState = taskState;
        this.sourceState = sourceState;
        this.cycle = cycle;
    }

    String taskState() {
        return taskState;
    }

    String sourceState() {
        return sourceState;
    }

    /** The cycle of this phase, or null when the phase keeps the previous cycle. */
    @Nullable
    String cycle() {
        return cycle;
    }

    /** True while the migration counts towards the limit of concurrent migrations. */
    boolean occupies() {
        return OCCUPYING.contains(this);
    }

    boolean inSync() {
        return IN_SYNC.contains(this);
    }

    boolean isFailure() {
        return this == COPY_FAILED || this == SYNC_FAILED || this == OVER_SPEED;
    }

    boolean isFinished() {
        return this == FINISHED || this == SYNC_FINISHED;
    }

    boolean isLaunch() {
        return this == LAUNCHING || this == LAUNCHING_SYNCED;
    }

    /** True while the service refuses updates. */
    boolean isBusy() {
        return occupies() || this == STOPPING || this == ROLLING_BACK || this == DELETING || this == CLEARING;
    }
}
