package dev.smsrunner.job.migrate;

import dev.smsrunner.ledger.Consistency;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.reconcile.ConsistencyRule;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.Observation;
import dev.smsrunner.reconcile.RowInspector;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Comparisons of source and target that rows request. Each result costs a call (ShowConsistencyResult), made only when
 * {@link ConsistencyRule#shouldRead} returns true.
 */
final class ConsistencyComparisons {

    private final RowInspector inspector;
    private final Set<Integer> rowsToCompare;
    private final Map<Integer, Instant> lastReads = new HashMap<>();

    /** @param rowsToCompare numbers of the rows that request a comparison */
    ConsistencyComparisons(RowInspector inspector, Set<Integer> rowsToCompare) {
        this.inspector = inspector;
        this.rowsToCompare = rowsToCompare;
    }

    /**
     * Latest known result of the row's comparison.
     *
     * @param exists whether the list reports a result; null when the list does not show it
     * @return null when the row does not request a comparison
     */
    @Nullable
    Consistency of(LedgerRow row, Observation observed, @Nullable Boolean exists, DecisionPolicy policy, Instant now) {
        if (!rowsToCompare.contains(row.row())) {
            return null;
        }
        var known = row.consistency() == null ? row.withConsistency(Consistency.PENDING) : row;
        if (ConsistencyRule.shouldRead(known, observed, exists, lastReads.get(row.row()), policy, now)) {
            lastReads.put(row.row(), now);
            known = known.withConsistency(inspector.readConsistency(known, now));
        }
        var found = known.consistency();
        return found != null && ConsistencyRule.isAtEnd(observed, policy) ? found.waitingSince(now) : found;
    }
}
