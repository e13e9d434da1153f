package dev.smsrunner.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Request of an operator to a run.
 *
 * @param row number of the row, null when it concerns the run
 * @param requestedBy operator, and the interface used
 * @param answer result for the operator; null until it was handled
 * @param actor name of the operator; null in controls of earlier versions
 * @param gate gate that is approved or denied; null for other actions
 * @param wave wave whose rows the request covers; null when it covers one row, or everything
 * @param comment comment of the operator; null when there is none
 */
public record Control(
        long id,
        ControlAction action,
        @Nullable Integer row,
        Instant requestedAt,
        String requestedBy,
        State state,
        @Nullable Instant answeredAt,
        @Nullable String answer,
        @Nullable String actor,
        @Nullable String gate,
        @Nullable String wave,
        @Nullable String comment) {

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
