package dev.smsrunner.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The latest mutating call of one row.
 *
 * @param operation what was asked
 * @param state what is known of it
 * @param attempt counted from 1 per row, over all its operations
 * @param at when the intent was committed, or the answer arrived, whichever is later
 */
public record RowCall(Operation operation, CallState state, int attempt, Instant at) {

    static @Nullable RowCall of(@Nullable String operation, @Nullable String state, int attempt, @Nullable Instant at) {
        if (operation == null || state == null || at == null) {
            return null;
        }
        return new RowCall(Operation.valueOf(operation), CallState.valueOf(state), attempt, at);
    }

    /** Whether this is the given operation and only an observation can tell if it was executed. */
    public boolean isUndecided(Operation control) {
        return operation == control && state.isUndecided();
    }

    /** The same call with what is known of it now. */
    public RowCall withState(CallState known, Instant when) {
        return new RowCall(operation, known, attempt, when);
    }
}
