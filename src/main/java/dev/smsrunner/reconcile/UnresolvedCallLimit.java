package dev.smsrunner.reconcile;

import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** Limits the repetition of a call whose answer is lost each time without being executed. */
public final class UnresolvedCallLimit {

    /** Maximum number of lost calls of a row per process; unsent calls do not count. */
    static final int MAX_UNRESOLVED = 8;

    private final Map<Integer, Set<Integer>> attemptsByRow = new HashMap<>();

    /** Forgets the lost calls of the row. */
    public void forget(int row) {
        attemptsByRow.remove(row);
    }

    /** The decision, or the end of the row when too many of its calls were lost. */
    public Decision limit(LedgerRow row, Decision decision) {
        var call = row.call();
        if (call == null || call.state() != CallState.ABSENT || !(decision instanceof Decision.Send)) {
            return decision;
        }
        var attempts = attemptsByRow.computeIfAbsent(row.row(), number -> new HashSet<>());
        attempts.add(call.attempt());
        return attempts.size() < MAX_UNRESOLVED ? decision : giveUp(row);
    }

    private static Decision giveUp(LedgerRow row) {
        var last = row.failure();
        var text = "given up after %d calls without a clear answer; none was executed%s"
                .formatted(MAX_UNRESOLVED, last == null ? "" : "; last: " + last.text());
        return new Decision.Finish(
                Outcome.FAILED,
                text,
                new Failure(
                        last == null ? null : last.code(),
                        text,
                        "TRANSIENT",
                        "Rerun when the service answers again.",
                        last == null ? null : last.requestId()));
    }
}
