package dev.smsrunner.cutover;

import dev.smsrunner.ledger.LedgerRow;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Rows without a place that rows with a place wait for, directly or indirectly. One place must be kept free for them: otherwise
 * servers in sync could occupy every place while their prerequisite gets none. One place is enough, since it becomes free again
 * when that server runs. A blocked row is included only if an unblocked row waits until it is in sync.
 */
final class PrerequisiteRows {

    private final CutoverSnapshot run;
    private final BlockedRows blocked;
    private final Set<Integer> visited = new HashSet<>();
    private final Set<String> visitedWaves = new HashSet<>();
    private final Set<Integer> rows = new HashSet<>();
    private final Map<String, Integer> countByWave = new HashMap<>();
    private final Set<Integer> placed = new HashSet<>();

    PrerequisiteRows(CutoverSnapshot run, BlockedRows blocked) {
        this.run = run;
        this.blocked = blocked;
    }

    /** Records that the row has a place. Its own prerequisites are needed from then on. */
    void place(LedgerRow row) {
        placed.add(row.row());
        if (rows.remove(row.row())) {
            countByWave.merge(row.wave(), -1, Integer::sum);
        }
        var walk = new Walk();
        walk.from(row).forEach(other -> {
            if (rows.add(other.row())) {
                countByWave.merge(other.wave(), 1, Integer::sum);
            }
        });
        visited.addAll(walk.entered);
        visitedWaves.addAll(walk.enteredWaves);
    }

    boolean has(LedgerRow row) {
        return rows.contains(row.row());
    }

    /**
     * Whether the row must not take the last place. A prerequisite row may take it if none of its own prerequisites needs a
     * place: the place becomes free again when its target runs.
     */
    boolean mustLeaveLast(LedgerRow row) {
        return has(row) ? hasNeeds(row, other -> true) : leavesOthers(row);
    }

    /** Whether the row must not take the last place of its wave. */
    boolean mustLeaveLastOfWave(LedgerRow row) {
        return has(row) ? hasNeeds(row, other -> other.wave().equals(row.wave())) : leavesOthersOfWave(row);
    }

    private boolean hasNeeds(LedgerRow row, Predicate<LedgerRow> which) {
        return new Walk(Set.of(), Set.of())
                .from(row).stream().anyMatch(other -> other.row() != row.row() && which.test(other));
    }

    /** Whether other rows would be prerequisites if the row had a place. */
    boolean leavesOthers(LedgerRow row) {
        return rows.size() > (has(row) ? 1 : 0)
                || new Walk().from(row).stream().anyMatch(other -> other.row() != row.row());
    }

    /** Whether other rows of the same wave would be prerequisites if the row had a place. */
    boolean leavesOthersOfWave(LedgerRow row) {
        return countByWave.getOrDefault(row.wave(), 0) > (has(row) ? 1 : 0)
                || new Walk()
                        .from(row).stream()
                                .anyMatch(other ->
                                        other.row() != row.row() && other.wave().equals(row.wave()));
    }

    /** Whether the other row is a prerequisite. A blocked row is one only if the row waits until it is in sync. */
    private boolean isNeeded(LedgerRow row, LedgerRow other) {
        return OccupiedPlaces.needsOne(other)
                && !placed.contains(other.row())
                && (!blocked.has(other) || blocked.waitsForItsCopy(row, other));
    }

    /**
     * Walk along the dependencies of a row, without the nodes of earlier walks. Uses an explicit stack, since a chain may be as
     * long as the inventory.
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
                    continue; // can never be launched, whatever its dependencies do
                }
                run.dependencies(next)
                        .forEach(reference -> run.resolve(reference).forEach(other -> visit(next, other)));
                run.plan().after(next.wave()).stream()
                        .filter(wave -> !earlierWaves.contains(wave) && enteredWaves.add(wave))
                        .forEach(wave -> run.openRows(wave).forEach(other -> visit(next, other)));
            }
            return found;
        }

        private void visit(LedgerRow row, LedgerRow other) {
            if (!other.isOpen()) {
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
