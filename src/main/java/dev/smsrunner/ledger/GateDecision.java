package dev.smsrunner.ledger;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
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

    /** Sentence for the operator of the run with this id. */
    public String sentence(String runId) {
        return switch (kind) {
            case ASKED ->
                "Gate %s needs an answer until %s. Use 'approve %s %s' or 'deny %s %s'."
                        .formatted(gate, seconds(expiresAt), runId, gate, runId, gate);
            case APPROVED -> "Gate %s is approved by %s until %s.".formatted(gate, decidedBy, seconds(expiresAt));
            case DENIED -> "Gate %s is denied by %s.".formatted(gate, decidedBy);
            case VOID -> "The rows of gate %s changed, so the runner asks its approvers again.".formatted(gate);
        };
    }

    private static String seconds(@Nullable Instant time) {
        return time == null ? "" : time.truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
