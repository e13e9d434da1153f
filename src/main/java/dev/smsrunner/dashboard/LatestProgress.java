package dev.smsrunner.dashboard;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.ObservedState;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How far the copies of the run are that this process works on, as of its latest look; the ledger has it only now and then. */
public final class LatestProgress {

    private final Map<Key, ObservedState> seen = new ConcurrentHashMap<>();

    private record Key(String runId, int row) {}

    /** The run looked at the rows. */
    public void looked(Collection<LedgerRow> rows) {
        rows.forEach(row -> seen.put(new Key(row.runId(), row.row()), row.seen()));
    }

    /** The row of the ledger with its latest progress. */
    LedgerRow refreshed(LedgerRow row) {
        var latest = row.open() ? seen.get(new Key(row.runId(), row.row())) : null;
        var fresh = latest == null ? row.seen() : row.seen().refreshed(latest);
        return fresh.equals(row.seen()) ? row : row.withSeen(fresh);
    }
}
