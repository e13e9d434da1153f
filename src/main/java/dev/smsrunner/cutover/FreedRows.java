package dev.smsrunner.cutover;

import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The rows that ended because of others and go on when some rows are retried or skipped; pure. */
public final class FreedRows {

    private final RunSnapshot run;
    private final Dependencies dependencies;
    private final Set<Integer> dependents;

    private FreedRows(Collection<Migration> retried, RunSnapshot run) {
        this.run = run;
        this.dependencies = new Dependencies(run);
        this.dependents = dependents(retried);
    }

    /**
     * The rows that are reopened with the given ones. They ended NOT_LAUNCHED and depend on one of these, directly or through
     * any rows between; or they ended because of others, and what they depend on is there now.
     *
     * @param retried rows that are retried or skipped; they are not in the result
     */
    public static List<Migration> by(Collection<Migration> retried, RunSnapshot run) {
        var freed = new FreedRows(retried, run);
        return run.rows().stream()
                .filter(row -> retried.stream().noneMatch(each -> each.row() == row.row()))
                .filter(freed::goesOn)
                .toList();
    }

    private boolean goesOn(Migration row) {
        return dependents.contains(row.row())
                ? isNotLaunched(row)
                : isNotLaunched(row) && endedBecauseOfOthers(row) && isEveryDependencyMet(row);
    }

    private static boolean isNotLaunched(Migration row) {
        return row.outcome() == Outcome.NOT_LAUNCHED || isRejectedByDependency(row);
    }

    private static boolean endedBecauseOfOthers(Migration row) {
        return NotLaunchedRows.isReason(row.reason()) || isRejectedByDependency(row);
    }

    /** Earlier versions rejected a row because of its dependency. */
    private static boolean isRejectedByDependency(Migration row) {
        var reason = row.reason();
        return row.outcome() == Outcome.REJECTED
                && row.sourceId() != null
                && reason != null
                && reason.startsWith("not started: it depends on ");
    }

    private boolean isEveryDependencyMet(Migration row) {
        var references = run.dependencies(row);
        return !references.isEmpty() && references.stream().allMatch(dependencies::isMet);
    }

    /** All rows that depend on one of these, whatever became of the rows between; a chain may be as long as the inventory. */
    private Set<Integer> dependents(Collection<Migration> retried) {
        var direct = directDependents();
        var found = new HashSet<Integer>();
        var next = new ArrayDeque<Integer>();
        retried.forEach(row -> next.add(row.row()));
        while (!next.isEmpty()) {
            direct.getOrDefault(next.poll(), List.of()).stream()
                    .filter(found::add)
                    .forEach(next::add);
        }
        return found;
    }

    private Map<Integer, List<Integer>> directDependents() {
        var direct = new HashMap<Integer, List<Integer>>();
        for (var row : run.rows()) {
            for (var reference : run.dependencies(row)) {
                run.meant(reference)
                        .forEach(other -> direct.computeIfAbsent(other.row(), number -> new ArrayList<>(1))
                                .add(row.row()));
            }
        }
        return direct;
    }
}
