package dev.smsrunner.reconcile;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.cutover.CutoverSnapshot;
import dev.smsrunner.ledger.ActiveControls;
import dev.smsrunner.ledger.LedgerRow;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** In-memory copy of the run's ledger rows; this process is the only one that changes them. */
public final class RowCache {

    private final TreeMap<Integer, LedgerRow> rows = new TreeMap<>();
    private ActiveControls controls;
    private @Nullable CutoverSnapshot snapshot;

    /**
     * Rows of a run.
     *
     * @param controls active operator controls
     */
    public RowCache(Collection<LedgerRow> rows, ActiveControls controls) {
        rows.forEach(this::put);
        this.controls = controls.withoutServiceAway();
    }

    public void put(LedgerRow row) {
        rows.put(row.row(), row);
        snapshot = null;
    }

    /**
     * Row of the run.
     *
     * @throws NullPointerException when the run has no row with this number
     */
    public LedgerRow get(int row) {
        return Objects.requireNonNull(rows.get(row), () -> "no row " + row + " in the run");
    }

    /** Row of the run; null when the run has no row with this number. */
    @Nullable
    LedgerRow find(int row) {
        return rows.get(row);
    }

    /** Whether an operator paused new starts. */
    public boolean isPaused() {
        return controls.pausedAt() != null;
    }

    public Collection<LedgerRow> allRows() {
        return rows.values();
    }

    public List<LedgerRow> openRows() {
        return rows.values().stream().filter(LedgerRow::isOpen).toList();
    }

    /** Active operator controls. */
    public ActiveControls controls() {
        return controls;
    }

    /** Sets the controls. This process observes the service itself, so an outage in the ledger does not count. */
    public void setControls(ActiveControls pending) {
        controls = pending.withoutServiceAway();
        snapshot = null;
    }

    /** Current rows with the plan that orders them. */
    public CutoverSnapshot snapshot(CutoverPlan plan) {
        if (snapshot == null || !snapshot.plan().equals(plan)) {
            snapshot = new CutoverSnapshot(rows.values(), plan, controls);
        }
        return snapshot;
    }
}
