package dev.smsrunner.dashboard;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.ObservedState;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Copy progress of this process's run as of its latest poll; the ledger stores it less often. */
public final class LatestProgress {

    private final Map<Key, ObservedState> states = new ConcurrentHashMap<>();

    private record Key(String runId, int row) {}

    /** Records the rows of the latest poll. */
    public void update(Collection<LedgerRow> rows) {
        rows.forEach(row -> states.put(new Key(row.runId(), row.row()), row.observed()));
    }

    /** Returns the row of the ledger with its latest progress. */
    LedgerRow applyTo(LedgerRow row) {
        var latest = row.isOpen() ? states.get(new Key(row.runId(), row.row())) : null;
        var fresh = latest == null ? row.observed() : row.observed().withLaterProgress(latest);
        return fresh.equals(row.observed()) ? row : row.withObserved(fresh);
    }
}
