package dev.smsrunner.intent;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Stage;
import java.time.Instant;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Mutating call that a stage requests for a row.
 *
 * @param target id of the source server or the migration task
 * @param remoteCall sends the call
 * @param onResult effect of the result, given the row with its call recorded; pure
 */
public record MutatingCall(
        LedgerRow row,
        Operation operation,
        String target,
        RemoteCall remoteCall,
        BiFunction<LedgerRow, CallResult, RowEffect> onResult) {

    /** Sends the call. */
    @FunctionalInterface
    public interface RemoteCall {
        /**
         * Makes the call.
         *
         * @param deadline of the decision; the call must not be sent at or after this instant
         * @return value that the service returned; null when it returns none
         * @throws ApiException when the call failed
         */
        @Nullable
        String send(Instant deadline);

        /** Call that returns no value. */
        static RemoteCall of(Consumer<Instant> send) {
            return deadline -> {
                send.accept(deadline);
                return null;
            };
        }
    }

    /**
     * Effect of a result.
     *
     * @param row new state of the row
     * @param events events besides the call itself
     */
    public record RowEffect(LedgerRow row, List<EventDraft> events) {

        /** Effect without events. */
        public static RowEffect of(LedgerRow row) {
            return new RowEffect(row, List.of());
        }

        /** Puts the row under way after its starting call was accepted; earlier delays and attentions are cleared. */
        public static RowEffect started(LedgerRow row, Instant now) {
            return new RowEffect(
                    row.withAttempt().clearSchedule().withAttention(null).withStage(Stage.STARTED, now),
                    List.of(EventDraft.ofStage(row, Stage.STARTED, null)));
        }
    }
}
