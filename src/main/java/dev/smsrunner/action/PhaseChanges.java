package dev.smsrunner.action;

import dev.smsrunner.ledger.Event;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.reconcile.Observation;
import dev.smsrunner.sms.CopyState;
import dev.smsrunner.sms.MigrationCycle;
import dev.smsrunner.sms.TaskState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows that moved to another point after their latest call. A point from before the call tells nothing of the call. The
 * events of the ledger restore the answer after a restart of the process. For one thread.
 */
final class PhaseChanges {

    private static final String DISCONNECTED = ", disconnected";

    private final Map<Integer, ActionPhase> before = new HashMap<>();
    private final Set<Integer> moved = new HashSet<>();

    /** @param earlier the events of the run so far, in their order */
    PhaseChanges(List<Event> earlier) {
        for (var event : earlier) {
            if (event.row() == null) {
                continue;
            }
            if (event.kind() == EventKind.STATE && !states(event.before()).equals(states(event.after()))) {
                moved.add(event.row());
            } else if (event.kind() == EventKind.CALL
                    && Operation.ACTION.name().equals(event.before())
                    && "OPEN".equals(event.after())) {
                moved.remove(event.row());
            }
        }
    }

    /** A call is about to be sent for the row. */
    void sent(LedgerRow row) {
        before.put(row.row(), point(row.seen()));
        moved.remove(row.row());
    }

    /** Takes a look at a row down, which still has what was seen before the look. */
    void look(LedgerRow row, Observation seen) {
        var point = ActionPhase.of(seen);
        if (row.call() == null || !seen.listed() || point == ActionPhase.UNKNOWN) {
            return;
        }
        if (before.computeIfAbsent(row.row(), number -> point(row.seen())) != point) {
            moved.add(row.row());
        }
    }

    /** Whether the row was seen at another point since its latest call. */
    boolean sinceCall(LedgerRow row) {
        return moved.contains(row.row());
    }

    static ActionPhase point(ObservedState seen) {
        return ActionPhase.of(
                TaskState.of(seen.taskState()),
                CopyState.of(seen.copyState()),
                MigrationCycle.of(seen.migrationCycle()));
    }

    private static String states(@Nullable String text) {
        return String.valueOf(text).replace(DISCONNECTED, "");
    }
}
