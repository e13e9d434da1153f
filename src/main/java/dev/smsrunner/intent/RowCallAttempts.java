package dev.smsrunner.intent;

import dev.smsrunner.ledger.LedgerRow;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How often the calls of each row were refused, and since when its calls are not sent at all; for one thread. */
final class RowCallAttempts {

    private final Map<Integer, Integer> refused;
    private final Map<Integer, Unsent> unsent = new HashMap<>();

    /** @param refusedBefore refused calls by row number, from the time before this process */
    RowCallAttempts(Map<Integer, Integer> refusedBefore) {
        this.refused = new HashMap<>(refusedBefore);
    }

    /** One more refusal: how many there are now. */
    int refused(LedgerRow row) {
        unsent.remove(row.row());
        return refused.merge(row.row(), 1, Integer::sum);
    }

    /** An operator wants the row to be tried again: what came before does not count. */
    void forget(int row) {
        refused.remove(row);
        unsent.remove(row);
    }

    /** One more call that was not sent: the series that it belongs to. */
    Unsent unsent(LedgerRow row, Instant now) {
        int attempt = row.call() == null ? 1 : row.call().attempt();
        return unsent.compute(
                row.row(),
                (number, before) -> before == null || before.attempt() != attempt - 1
                        ? new Unsent(attempt, 1, now)
                        : new Unsent(attempt, before.times() + 1, before.since()));
    }

    /**
     * Calls of a row in a row that were not sent.
     *
     * @param attempt number of the last
     */
    record Unsent(int attempt, int times, Instant since) {

        boolean lasted(@Nullable Duration limit, Instant now) {
            return limit != null && Duration.between(since, now).compareTo(limit) >= 0;
        }
    }
}
