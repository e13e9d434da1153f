package dev.smsrunner.reconcile;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.cutover.CutoverSnapshot;
import dev.smsrunner.ledger.ActiveControls;
import dev.smsrunner.ledger.LedgerRow;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows of the run as they are in the ledger, at hand; this process is the only one that changes them. */
final class RowCache {

    private final TreeMap<Integer, LedgerRow> rows = new TreeMap<>();
    private ActiveControls steering;
    private @Nullable CutoverSnapshot snapshot;

    /**
     * The rows of a run.
     *
     * @param steering what people asked of it so far
     */
    RowCache(Collection<LedgerRow> all, ActiveControls steering) {
        all.forEach(this::put);
        this.steering = steering.atTheService();
    }

    void put(LedgerRow row) {
        rows.put(row.row(), row);
        snapshot = null;
    }

    LedgerRow get(int row) {
        return rows.get(row);
    }

    /** Whether a person wants nothing new to be begun. */
    boolean paused() {
        return steering.pausedAt() != null;
    }

    Collection<LedgerRow> all() {
        return rows.values();
    }

    List<LedgerRow> open() {
        return rows.values().stream().filter(LedgerRow::open).toList();
    }

    /** What people asked of the run. */
    ActiveControls steering() {
        return steering;
    }

    /** The process that looks at the service itself knows better than the ledger whether it is away. */
    void steer(ActiveControls wishes) {
        steering = wishes.atTheService();
        snapshot = null;
    }

    /** The rows as they are now, with the plan that orders them. */
    CutoverSnapshot snapshot(CutoverPlan plan) {
        if (snapshot == null || !snapshot.plan().equals(plan)) {
            snapshot = new CutoverSnapshot(rows.values(), plan, steering);
        }
        return snapshot;
    }
}
