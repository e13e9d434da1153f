package dev.smsrunner.cutover;

import dev.smsrunner.ledger.LedgerRow;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The rows without a place that rows with one wait for, directly and through others. One place must be kept free for them:
 * servers in sync could otherwise take every place while the server that they wait for finds none. One is enough, since it
 * becomes free again when that server runs. Blocked rows are among them only where a row that is not blocked waits until they
 * are in sync.
 */
final class PrerequisiteRows {

    private final CutoverSnapshot run;
    private final BlockedRows blocked;
    private final Set<Integer> visited = new HashSet<>();
    private final Set<String> visitedWaves = new HashSet<>();
    private final Set<Integer> rows = new HashSet<>();
    private final Map<String, Integer> ofWave = new HashMap<>();
    private final Set<Integer> placed = new HashSet<>();

    PrerequisiteRows(CutoverSnapshot run, BlockedRows blocked) {
        this.run = run;
        this.blocked = blocked;
    }

    /** The row has a place: it is not needed any more, but what it waits for is. */
    void place(LedgerRow row) {
        placed.add(row.row());
        if (rows.remove(row.row())) {
            ofWave.merge(row.wave(), -1, Integer::sum);
        }
        var walk = new Walk();
        walk.from(row).forEach(other -> {
            if (rows.add(other.row())) {
                ofWave.merge(other.wave(), 1, Integer::sum);
            }
        });
        visited.addAll(walk.entered);
        visitedWaves.addAll(walk.enteredWaves);
    }

    boolean has(LedgerRow row) {
        return rows.contains(row.row());
    }

    /**
     * Whether the row may not take the last place. A needed row may, when it waits for nothing that needs a place itself: that
     * place becomes free again when its target runs.
     */
    boolean mustLeaveLast(LedgerRow row) {
        return has(row) ? hasNeeds(row, other -> true) : leavesOthers(row);
    }

    /** The same for the last place of its wave. */
    boolean mustLeaveLastOfWave(LedgerRow row) {
        return has(row) ? hasNeeds(row, other -> other.wave().equals(row.wave())) : leavesOthersOfWave(row);
    }

    private boolean hasNeeds(LedgerRow row, Predicate<LedgerRow> which) {
        return new Walk(Set.of(), Set.of())
                .from(row).stream().anyMatch(other -> other.row() != row.row() && which.test(other));
    }

    /** Whether others would be needed if the row had a place. */
    boolean leavesOthers(LedgerRow row) {
        return rows.size() > (has(row) ? 1 : 0)
                || new Walk().from(row).stream().anyMatch(other -> other.row() != row.row());
    }

    /** The same for others of its own wave. */
    boolean leavesOthersOfWave(LedgerRow row) {
        return ofWave.getOrDefault(row.wave(), 0) > (has(row) ? 1 : 0)
                || new Walk()
                        .from(row).stream()
                                .anyMatch(other ->
                                        other.row() != row.row() && other.wave().equals(row.wave()));
    }

    /** A blocked row is needed where one that is not blocked waits until it is in sync. */
    private boolean isNeeded(LedgerRow row, LedgerRow other) {
        return OccupiedPlaces.needsOne(other)
                && !placed.contains(other.row())
                && (!blocked.has(other) || blocked.waitsForItsCopy(row, other));
    }

    /**
     * A walk along what a row waits for, not where an earlier one of a placed row has been. It has a stack of its own, since a
     * chain may be as long as the inventory.
     */
    private final class Walk {

        private final Set<Integer> earlier;
        private final Set<String> earlierWaves;
        private final Set<Integer> entered = new HashSet<>();
        private final Set<String> enteredWaves = new HashSet<>();
        private final Set<LedgerRow> found = new HashSet<>();
        private final ArrayDeque<LedgerRow> stack = new ArrayDeque<>();

        Walk() {
            this(visited, visitedWaves);
        }

        Walk(Set<Integer> earlier, Set<String> earlierWaves) {
            this.earlier = earlier;
            this.earlierWaves = earlierWaves;
        }

        Set<LedgerRow> from(LedgerRow row) {
            enter(row);
            while (!stack.isEmpty()) {
                var next = stack.pop();
                if (blocked.has(next)) {
                    continue; // its turn cannot come, whatever it waits for
                }
                run.dependencies(next).forEach(reference -> run.meant(reference).forEach(other -> meet(next, other)));
                run.plan().after(next.wave()).stream()
                        .filter(wave -> !earlierWaves.contains(wave) && enteredWaves.add(wave))
                        .forEach(wave -> run.open(wave).forEach(other -> meet(next, other)));
            }
            return found;
        }

        private void meet(LedgerRow row, LedgerRow other) {
            if (!other.open()) {
                return;
            }
            if (isNeeded(row, other)) {
                found.add(other);
            }
            enter(other);
        }

        private void enter(LedgerRow row) {
            if (!earlier.contains(row.row()) && entered.add(row.row())) {
                stack.push(row);
            }
        }
    }
}
