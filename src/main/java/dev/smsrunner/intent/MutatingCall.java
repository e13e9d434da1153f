package dev.smsrunner.intent;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * One mutating call that a stage wants to make for a row.
 *
 * @param target id of the source server or of the migration task that it concerns
 * @param remote the call itself
 * @param then what the answer means for the row, given the row with its call recorded; pure
 */
public record MutatingCall(
        LedgerRow row,
        Operation operation,
        String target,
        Remote remote,
        BiFunction<LedgerRow, CallResult, Consequence> then) {

    /** The call itself. */
    @FunctionalInterface
    public interface Remote {
        /**
         * Makes the call.
         *
         * @return what the service gave back, null when it gives nothing back
         * @throws ApiException when it did not succeed
         */
        @Nullable
        String send();
    }

    /**
     * What an answer means.
     *
     * @param row the row as it is from now on
     * @param events what happened besides the call itself
     */
    public record Consequence(LedgerRow row, List<EventDraft> events) {}
}
