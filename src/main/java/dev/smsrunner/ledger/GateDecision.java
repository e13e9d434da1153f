package dev.smsrunner.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Question, approval or denial of a gate.
 *
 * @param number counted from 1 per run
 * @param row number of the row it is about; null when it is about a wave or all rows of the gate
 * @param wave wave whose rows it is about; null when it is about one row or all rows of the gate
 * @param actor name of the operator; null for decisions of the runner
 * @param decidedBy operator and interface; null for decisions of the runner
 * @param comment comment of the operator; null when there is none
 * @param expiresAt end of the answer, or of the time to answer a question; null when it has none
 * @param rowsHash hash of the rows that the gate covers
 */
public record GateDecision(
        int number,
        String gate,
        Kind kind,
        @Nullable Integer row,
        @Nullable String wave,
        Instant at,
        @Nullable String actor,
        @Nullable String decidedBy,
        @Nullable String comment,
        @Nullable Instant expiresAt,
        String rowsHash) {

    /** Kinds of decisions. Stored in the ledger. */
    public enum Kind {
        /** The runner asks the approvers, since the first row waits at the gate. */
        ASKED,
        /** An approver lets the rows pass. */
        APPROVED,
        /** An approver holds the rows. */
        DENIED,
        /** The rows changed, so earlier decisions have no effect. */
        VOID
    }

    /** Whether the decision is about this row. */
    public boolean isAbout(LedgerRow other) {
        return (row == null || row == other.row()) && (wave == null || wave.equals(other.wave()));
    }

    /** Whether an operator made it. */
    public boolean isAnswer() {
        return kind == Kind.APPROVED || kind == Kind.DENIED;
    }
}
