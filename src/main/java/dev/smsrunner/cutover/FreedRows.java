package dev.smsrunner.cutover;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Rows that ended because of other rows, and that a retry, skip or launch of those rows reopens; pure. */
public final class FreedRows {

    private final CutoverSnapshot run;
    private final Dependencies dependencies;
    private final Set<Integer> changedRows = new HashSet<>();
    private final Set<Integer> dependents = new HashSet<>();

    private FreedRows(Collection<LedgerRow> changed, CutoverSnapshot run) {
        this.run = run;
        this.dependencies = new Dependencies(run);
        changed.forEach(row -> changedRows.add(row.row()));
        findDependents();
    }

    /**
     * Finds the rows to reopen with the changed rows. Either they ended NOT_LAUNCHED and depend on a changed row, directly or
     * indirectly; or they ended because of other rows, and all their dependencies are met now. A row that another unsuccessful
     * row still blocks is not included.
     *
     * @param changed the changed rows: reopened, skipped, or {@linkplain #asLaunching being launched}; not in the result
     * @param before the run before the change
     */
    public static List<LedgerRow> find(Collection<LedgerRow> changed, CutoverSnapshot before, Instant now) {
        var freed = new FreedRows(changed, before.withChanged(changed));
        var candidates = freed.run.rows().stream().filter(freed::mayContinue).toList();
        var reopened =
                candidates.stream().map(row -> row.reopen(Stage.PLANNED, now)).toList();
        var blocked = new BlockedRows(freed.run.withChanged(reopened), null, now);
        return candidates.stream().filter(row -> !blocked.has(row)).toList();
    }

    /** Row after an operator launched its target. Its dependencies no longer hold it. */
    public static LedgerRow asLaunching(LedgerRow row, Instant now) {
        var open = row.isOpen() ? row : row.reopen(Stage.SYNCING, now);
        return open.withStage(Stage.LAUNCHING, now);
    }

    private boolean mayContinue(LedgerRow row) {
        return !changedRows.contains(row.row())
                && isNotLaunched(row)
                && (dependents.contains(row.row()) || endedBecauseOfOthers(row) && isEveryDependencyMet(row));
    }

    private static boolean isNotLaunched(LedgerRow row) {
        return row.outcome() == Outcome.NOT_LAUNCHED || isRejectedByDependency(row);
    }

    private static boolean endedBecauseOfOthers(LedgerRow row) {
        return NotLaunchedRows.isReason(row.reason()) || isRejectedByDependency(row);
    }

    /** Whether an earlier version rejected the row because of its dependency. */
    private static boolean isRejectedByDependency(LedgerRow row) {
        var reason = row.reason();
        return row.outcome() == Outcome.REJECTED
                && row.sourceId() != null
                && reason != null
                && reason.startsWith("not started: it depends on ");
    }

    private boolean isEveryDependencyMet(LedgerRow row) {
        var references = run.dependencies(row);
        return !references.isEmpty() && references.stream().allMatch(dependencies::isMet);
    }

    /** Finds all direct and indirect dependents of the changed rows. A chain may be as long as the inventory. */
    private void findDependents() {
        var direct = directDependents();
        var next = new ArrayDeque<>(changedRows);
        while (!next.isEmpty()) {
            direct.getOrDefault(next.poll(), List.of()).stream()
                    .filter(dependents::add)
                    .forEach(next::add);
        }
    }

    private Map<Integer, List<Integer>> directDependents() {
        var direct = new HashMap<Integer, List<Integer>>();
        for (var row : run.rows()) {
            for (var reference : run.dependencies(row)) {
                run.resolve(reference)
                        .forEach(other -> direct.computeIfAbsent(other.row(), number -> new ArrayList<>(1))
                                .add(row.row()));
            }
        }
        return direct;
    }
}
