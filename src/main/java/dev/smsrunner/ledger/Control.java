package dev.smsrunner.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Request of an operator to a run.
 *
 * @param row number of the row, null when it concerns the run
 * @param requestedBy operator, and the interface used
 * @param answer result for the operator; null until it was handled
 */
public record Control(
        long id,
        ControlAction action,
        @Nullable Integer row,
        Instant requestedAt,
        String requestedBy,
        State state,
        @Nullable Instant answeredAt,
        @Nullable String answer) {

    /** States of a control. */
    public enum State {
        /** Not handled yet. */
        ASKED,
        /** Carried out. */
        DONE,
        /** Refused; the answer contains the cause. */
        REFUSED
    }
}
