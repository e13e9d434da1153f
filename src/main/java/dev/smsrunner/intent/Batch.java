package dev.smsrunner.intent;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.LedgerRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

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

    /**
     * Batches of rows: first those of one row, then the others by their keys.
     *
     * @param key rows with the same key can share a call
     * @param alone whether a row needs a call of its own
     * @param maxRows maximum number of rows per call
     * @param batch creates the batch of rows with the same key
     */
    public static <K extends Comparable<K>> List<Batch> of(
            List<LedgerRow> rows,
            Function<LedgerRow, K> key,
            Predicate<LedgerRow> alone,
            int maxRows,
            BiFunction<K, List<LedgerRow>, Batch> batch) {
        var batches = new ArrayList<Batch>();
        var together = new TreeMap<K, List<LedgerRow>>();
        for (var row : rows) {
            if (alone.test(row)) {
                batches.add(batch.apply(key.apply(row), List.of(row)));
            } else {
                together.computeIfAbsent(key.apply(row), any -> new ArrayList<>())
                        .add(row);
            }
        }
        together.forEach((shared, all) -> {
            for (int from = 0; from < all.size(); from += maxRows) {
                batches.add(batch.apply(shared, all.subList(from, Math.min(all.size(), from + maxRows))));
            }
        });
        return batches;
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
