package dev.smsrunner.intent;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.ledger.CallState;
import java.time.Instant;
import java.util.Collections;
import java.util.List;

/**
 * One call for several rows. Each row has its own intent, committed before the call, and its own result, committed after it.
 *
 * @param calls in the order in which the request names them
 * @param batchCall the shared call
 */
public record Batch(List<MutatingCall> calls, BatchCall batchCall) {

    /** Call shared by the rows of a batch. */
    @FunctionalInterface
    public interface BatchCall {
        /**
         * Makes the call.
         *
         * @param deadline of the decision; the call must not be sent at or after this instant
         * @return the result of each row, in the order of the rows
         * @throws ApiException when the call failed for all rows
         */
        List<CallResult> send(Instant deadline);
    }

    /** Batch of one row. */
    static Batch of(MutatingCall call) {
        return new Batch(List.of(call), deadline -> List.of(CallResult.of(call.remoteCall(), deadline)));
    }

    /** Makes the call. A failure of the call counts for each row. */
    List<CallResult> send(Instant deadline) {
        try {
            var results = batchCall.send(deadline);
            return results.size() == calls.size() ? results : repeat(unclearResult(results.size()));
        } catch (RuntimeException ex) {
            return repeat(CallResult.of(
                    expired -> {
                        throw ex;
                    },
                    deadline));
        } catch (Error ex) { // the batch loop waits for the results
            return repeat(new CallResult(CallState.UNKNOWN, null, null, "internal error: " + ex));
        }
    }

    private CallResult unclearResult(int results) {
        return new CallResult(
                CallState.UNKNOWN,
                null,
                null,
                "internal error: %d answers for %d rows".formatted(results, calls.size()));
    }

    private List<CallResult> repeat(CallResult result) {
        return Collections.nCopies(calls.size(), result);
    }
}
