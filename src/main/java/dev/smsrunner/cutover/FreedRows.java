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

/** The rows that ended because of others and are reopened when an operator retries, skips or launches some rows; pure. */
public final class FreedRows {

    private final CutoverSnapshot run;
    private final Dependencies dependencies;
    private final Set<Integer> given = new HashSet<>();
    private final Set<Integer> dependents = new HashSet<>();

    private FreedRows(Collection<LedgerRow> changed, CutoverSnapshot run) {
        this.run = run;
        this.dependencies = new Dependencies(run);
        changed.forEach(row -> given.add(row.row()));
        findDependents();
    }

    /**
     * The rows that are reopened with the given ones. They ended NOT_LAUNCHED and depend on one of these, directly or through
     * any rows between; or they ended because of others, and what they depend on is there now. A row whose turn still cannot
     * come, because of another row that ended without success, is not among them.
     *
     * @param changed the rows as they continue: reopened, skipped, or {@linkplain #launched being launched}; they are not in the
     *     result
     * @param before the run as it is before
     */
    public static List<LedgerRow> by(Collection<LedgerRow> changed, CutoverSnapshot before, Instant now) {
        var freed = new FreedRows(changed, before.with(changed));
        var candidates = freed.run.rows().stream().filter(freed::mayGoOn).toList();
        var reopened =
                candidates.stream().map(row -> row.reopened(Stage.PLANNED, now)).toList();
        var blocked = new BlockedRows(freed.run.with(reopened), null, now);
        return candidates.stream().filter(row -> !blocked.has(row)).toList();
    }

    /** The row as it continues when an operator launches its target: its dependencies no longer hold it. */
    public static LedgerRow launched(LedgerRow row, Instant now) {
        var open = row.open() ? row : row.reopened(Stage.SYNCING, now);
        return open.reached(Stage.LAUNCHING, now);
    }

    private boolean mayGoOn(LedgerRow row) {
        return !given.contains(row.row())
                && isNotLaunched(row)
                && (dependents.contains(row.row()) || endedBecauseOfOthers(row) && isEveryDependencyMet(row));
    }

    private static boolean isNotLaunched(LedgerRow row) {
        return row.outcome() == Outcome.NOT_LAUNCHED || isRejectedByDependency(row);
    }

    private static boolean endedBecauseOfOthers(LedgerRow row) {
        return NotLaunchedRows.isReason(row.reason()) || isRejectedByDependency(row);
    }

    /** Earlier versions rejected a row because of its dependency. */
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

    /** All rows that depend on one of these, whatever became of the rows between; a chain may be as long as the inventory. */
    private void findDependents() {
        var direct = directDependents();
        var next = new ArrayDeque<>(given);
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
                run.meant(reference)
                        .forEach(other -> direct.computeIfAbsent(other.row(), number -> new ArrayList<>(1))
                                .add(row.row()));
            }
        }
        return direct;
    }
}
