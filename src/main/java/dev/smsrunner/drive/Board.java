package dev.smsrunner.drive;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.cutover.RunSnapshot;
import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Steering;
import java.util.Collection;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The rows of the run as they are in the ledger, at hand; this process is the only one that changes them. */
final class Board {

    private final TreeMap<Integer, Migration> rows = new TreeMap<>();
    private Steering steering;
    private @Nullable RunSnapshot snapshot;

    /**
     * The rows of a run.
     *
     * @param steering what people asked of it so far
     */
    Board(Collection<Migration> all, Steering steering) {
        all.forEach(this::put);
        this.steering = steering.atTheService();
    }

    void put(Migration row) {
        rows.put(row.row(), row);
        snapshot = null;
    }

    Migration get(int row) {
        return rows.get(row);
    }

    /** Whether a person wants nothing new to be begun. */
    boolean paused() {
        return steering.pausedAt() != null;
    }

    Collection<Migration> all() {
        return rows.values();
    }

    List<Migration> open() {
        return rows.values().stream().filter(Migration::open).toList();
    }

    /** What people asked of the run. */
    Steering steering() {
        return steering;
    }

    /** The process that looks at the service itself knows better than the ledger whether it is away. */
    void steer(Steering wishes) {
        steering = wishes.atTheService();
        snapshot = null;
    }

    /** The rows as they are now, with the plan that orders them. */
    RunSnapshot snapshot(CutoverPlan plan) {
        if (snapshot == null || !snapshot.plan().equals(plan)) {
            snapshot = new RunSnapshot(rows.values(), plan, steering);
        }
        return snapshot;
    }
}
