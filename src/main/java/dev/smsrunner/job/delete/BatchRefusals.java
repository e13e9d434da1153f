package dev.smsrunner.job.delete;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.RowCall;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** Refused calls of several ids, by row: the row is sent alone from then on. Not thread-safe. */
final class BatchRefusals {

    private final Map<Integer, RowCall> calls = new HashMap<>();

    /** Records the latest call of the row. */
    void add(LedgerRow row) {
        calls.put(row.row(), Objects.requireNonNull(row.call()));
    }

    void forget(int row) {
        calls.remove(row);
    }

    /** Whether a call with the row and others was refused. */
    boolean contains(LedgerRow row) {
        return calls.containsKey(row.row());
    }

    /** Whether the latest call of the row is the refused one; a later call has its own answer. */
    boolean isLatest(LedgerRow row) {
        var refused = calls.get(row.row());
        var latest = row.call();
        return refused != null
                && latest != null
                && refused.operation() == latest.operation()
                && refused.attempt() == latest.attempt();
    }
}
