package dev.smsrunner.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Latest mutating call of one row.
 *
 * @param operation requested operation
 * @param state known state of the call
 * @param attempt counted from 1 per row, over all its operations
 * @param at time of the intent's commit or of the answer, whichever is later
 */
public record RowCall(Operation operation, CallState state, int attempt, Instant at) {

    static @Nullable RowCall of(@Nullable String operation, @Nullable String state, int attempt, @Nullable Instant at) {
        if (operation == null || state == null || at == null) {
            return null;
        }
        return new RowCall(Operation.valueOf(operation), CallState.valueOf(state), attempt, at);
    }

    /** Whether this is the given operation and only an observation can resolve it. */
    public boolean isUndecided(Operation control) {
        return operation == control && state.isUndecided();
    }

    /** Call of a reopened row: it counts as not sent unless it is undecided. */
    RowCall reopen() {
        return state.isUndecided() ? this : withState(CallState.NOT_SENT, at);
    }

    /** Call with a new state. */
    public RowCall withState(CallState known, Instant when) {
        return new RowCall(operation, known, attempt, when);
    }
}
