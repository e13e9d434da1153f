package dev.smsrunner.reconcile;

import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** A change whose answer is lost each time, without being carried out, is not sent for ever. */
public final class UnresolvedCallLimit {

    /** So many calls of a row may be lost while a process works on it; those that were never sent do not count. */
    static final int MOST = 8;

    private final Map<Integer, Set<Integer>> lost = new HashMap<>();

    /** The calls of the row so far do not count any more. */
    public void forget(int row) {
        lost.remove(row);
    }

    /** The decision, or the end of the row when its calls came to nothing often enough. */
    public Decision bounded(LedgerRow row, Decision decision) {
        var call = row.call();
        if (call == null || call.state() != CallState.ABSENT || !(decision instanceof Decision.Send)) {
            return decision;
        }
        var attempts = lost.computeIfAbsent(row.row(), number -> new HashSet<>());
        attempts.add(call.attempt());
        return attempts.size() < MOST ? decision : givenUp(row);
    }

    private static Decision givenUp(LedgerRow row) {
        var last = row.failure();
        var text = "given up after %d calls without a clear answer, none of which was carried out%s"
                .formatted(MOST, last == null ? "" : "; last: " + last.text());
        return new Decision.Close(
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
