package dev.smsrunner.intent;

import dev.smsrunner.ledger.LedgerRow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Refused and unsent calls of each row. Not thread-safe. */
final class RowCallAttempts {

    private final Map<Integer, Integer> refusals;
    private final Map<Integer, UnsentSeries> unsent = new HashMap<>();

    /** @param refusedBefore number of refused calls by row number, from earlier processes */
    RowCallAttempts(Map<Integer, Integer> refusedBefore) {
        this.refusals = new HashMap<>(refusedBefore);
    }

    /** Counts a refusal and returns the number of refusals of the row. */
    int countRefusal(LedgerRow row) {
        unsent.remove(row.row());
        return refusals.merge(row.row(), 1, Integer::sum);
    }

    /** Resets the counters of a row after an operator's retry. */
    void forget(int row) {
        refusals.remove(row);
        unsent.remove(row);
    }

    /** Counts an unsent call and returns its series. */
    UnsentSeries countUnsent(LedgerRow row, Instant now) {
        int attempt = row.call() == null ? 1 : row.call().attempt();
        return unsent.compute(
                row.row(),
                (number, before) -> before == null || before.attempt() != attempt - 1
                        ? new UnsentSeries(attempt, 1, now)
                        : new UnsentSeries(attempt, before.times() + 1, before.since()));
    }

    /**
     * Consecutive unsent calls of a row.
     *
     * @param attempt number of the latest call
     */
    record UnsentSeries(int attempt, int times, Instant since) {

        boolean hasLasted(@Nullable Duration limit, Instant now) {
            return limit != null && Duration.between(since, now).compareTo(limit) >= 0;
        }
    }
}
