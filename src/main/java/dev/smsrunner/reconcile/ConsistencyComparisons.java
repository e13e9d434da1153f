package dev.smsrunner.reconcile;

import dev.smsrunner.ledger.Consistency;
import dev.smsrunner.ledger.LedgerRow;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The comparisons of source and target that rows ask for. One is read by a call of its own (ShowConsistencyResult), and only when
 * {@link ConsistencyRule#toRead} says so.
 */
final class ConsistencyComparisons {

    private final RowInspector questions;
    private final Set<Integer> wanted;
    private final Map<Integer, Instant> asked = new HashMap<>();

    /** @param wanted numbers of the rows that ask for a comparison */
    ConsistencyComparisons(RowInspector questions, Set<Integer> wanted) {
        this.questions = questions;
        this.wanted = wanted;
    }

    /**
     * What is known of the row's comparison now.
     *
     * @param exists whether the list says that there is a result; null when it does not say
     * @return null when the row does not ask for one
     */
    @Nullable
    Consistency of(LedgerRow row, Observation seen, @Nullable Boolean exists, DecisionPolicy policy, Instant now) {
        if (!wanted.contains(row.row())) {
            return null;
        }
        var known = row.consistency() == null ? row.withConsistency(Consistency.PENDING) : row;
        if (ConsistencyRule.toRead(known, seen, exists, asked.get(row.row()), policy, now)) {
            asked.put(row.row(), now);
            known = known.withConsistency(questions.compare(known, now));
        }
        var found = known.consistency();
        return found != null && ConsistencyRule.ends(seen, policy) ? found.waitingSince(now) : found;
    }
}
