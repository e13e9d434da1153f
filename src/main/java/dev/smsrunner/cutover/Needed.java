package dev.smsrunner.cutover;

import dev.smsrunner.ledger.Migration;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/**
 * The rows without a place that rows with one wait for, directly and through others. Their places must be kept free: servers
 * in sync could otherwise take every place while the server that they wait for finds none. Blocked rows are among them only
 * where a row that is not blocked waits until they are in sync.
 */
final class Needed {

    private final RunSnapshot run;
    private final BlockedRows blocked;
    private final Set<Integer> visited = new HashSet<>();
    private final Set<Integer> rows = new HashSet<>();

    Needed(RunSnapshot run, BlockedRows blocked) {
        this.run = run;
        this.blocked = blocked;
    }

    /** Adds what the row waits for; the row itself has a place and is not needed any more. */
    void add(Migration row) {
        rows.addAll(waitedFor(row));
        rows.remove(row.row());
    }

    boolean has(Migration row) {
        return rows.contains(row.row());
    }

    /** How many others would be needed if the row had a place. */
    int others(Migration row, Set<Integer> started) {
        var more = new HashSet<Integer>();
        if (!visited.contains(row.row())) {
            more.addAll(reach(row, new HashSet<>()));
        }
        more.addAll(rows);
        more.remove(row.row());
        more.removeAll(started);
        return more.size();
    }

    private Set<Integer> waitedFor(Migration row) {
        return visited.contains(row.row()) ? Set.of() : reach(row, visited);
    }

    /** Walks with a stack of its own, since a chain may be as long as the inventory. */
    private Set<Integer> reach(Migration from, Set<Integer> seen) {
        var found = new HashSet<Integer>();
        var stack = new ArrayDeque<Migration>();
        seen.add(from.row());
        stack.push(from);
        while (!stack.isEmpty()) {
            var row = stack.pop();
            run.waitsFor(row).filter(Migration::open).forEach(other -> {
                if (Places.needsOne(other) && !blocked.leavesPlaces(other)) {
                    found.add(other.row());
                }
                if (seen.add(other.row())) {
                    stack.push(other);
                }
            });
        }
        return found;
    }
}
