package dev.smsrunner.ledger;

import java.util.EnumSet;
import java.util.Set;

/**
 * Stage of the runner's work on one server. The state is the service's view of the server, and the outcome shows how the
 * work ended.
 */
public enum Stage {
    /** In the ledger, no migration task yet. */
    PLANNED,
    /** A migration task exists and waits for its start. */
    TASK_READY,
    /** The start was sent; no copy has been observed yet. */
    STARTED,
    /** The full copy is running. */
    REPLICATING,
    /** The copy is complete; changes are synchronised until the launch. */
    SYNCING,
    /** The target server is being launched. */
    LAUNCHING,
    /** Ended, with an outcome. */
    CLOSED;

    private static final Set<Stage> REOPEN_STAGES = EnumSet.of(PLANNED, SYNCING);

    private static final Set<Stage> UNDER_WAY = EnumSet.of(STARTED, REPLICATING, SYNCING, LAUNCHING);

    /** Whether the server takes one of the places of {@code limits.concurrent}. */
    public boolean isUnderWay() {
        return UNDER_WAY.contains(this);
    }

    /**
     * Whether a row may move from this stage to the other. A stage never moves back, except for a repeated start after a
     * failure. A row leaves {@link #CLOSED} only by {@linkplain #mayReopenTo an operator's request}.
     */
    public boolean mayBecome(Stage next) {
        if (this == CLOSED) {
            return false;
        }
        return next.ordinal() >= ordinal() || (isUnderWay() && next == STARTED);
    }

    /** Whether an operator may reopen an ended row at this stage: from PLANNED, or, for a launch, at SYNCING. */
    public boolean mayReopenTo(Stage next) {
        return this == CLOSED && REOPEN_STAGES.contains(next);
    }
}
