package dev.smsrunner.ledger;

import java.util.EnumSet;
import java.util.Set;

/** Where our work on one server is. Not what the service says of it (that is a state), nor how it ended (an outcome). */
public enum Stage {
    /** In the ledger, no migration task yet. */
    PLANNED,
    /** A migration task exists and waits for its start. */
    TASK_READY,
    /** The start was issued; the service has not been seen to copy yet. */
    STARTED,
    /** The full copy goes on. */
    REPLICATING,
    /** The copy is complete; changes are synchronised until the launch. */
    SYNCING,
    /** The target server is being launched. */
    LAUNCHING,
    /** Ended; the outcome says how. */
    CLOSED;

    private static final Set<Stage> REOPEN_STAGES = EnumSet.of(PLANNED, SYNCING);

    private static final Set<Stage> UNDER_WAY = EnumSet.of(STARTED, REPLICATING, SYNCING, LAUNCHING);

    /** Whether the server takes one of the places that {@code limits.concurrent} gives. */
    public boolean isUnderWay() {
        return UNDER_WAY.contains(this);
    }

    /**
     * Whether a row may go from this stage to the other. A stage never moves back, but for a start that is issued again
     * after a failure; nothing leaves {@link #CLOSED} unless a person {@linkplain #mayReopenTo wants it}.
     */
    public boolean mayBecome(Stage next) {
        if (this == CLOSED) {
            return false;
        }
        return next.ordinal() >= ordinal() || (isUnderWay() && next == STARTED);
    }

    /** Where a closed row may go on when a person wants it: from the beginning, or, to be launched, where it was. */
    public boolean mayReopenTo(Stage next) {
        return this == CLOSED && REOPEN_STAGES.contains(next);
    }
}
