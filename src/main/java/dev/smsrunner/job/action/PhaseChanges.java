package dev.smsrunner.job.action;

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
 * Finds rows whose phase has changed since their latest call. An unchanged phase proves nothing about the call. The events
 * of the ledger restore this information after a restart. Not thread-safe.
 */
final class PhaseChanges {

    private static final String DISCONNECTED = ", disconnected";

    private final Map<Integer, ActionPhase> phasesBefore = new HashMap<>();
    private final Set<Integer> changedRows = new HashSet<>();

    /** @param earlier events of the run so far, in their order */
    PhaseChanges(List<Event> earlier) {
        for (var event : earlier) {
            if (event.row() == null) {
                continue;
            }
            if (event.kind() == EventKind.STATE
                    && !withoutConnection(event.before()).equals(withoutConnection(event.after()))) {
                changedRows.add(event.row());
            } else if (event.kind() == EventKind.CALL
                    && Operation.ACTION.name().equals(event.before())
                    && "OPEN".equals(event.after())) {
                changedRows.remove(event.row());
            }
        }
    }

    /** Records that a call is about to be sent for the row. */
    void recordSend(LedgerRow row) {
        phasesBefore.put(row.row(), phaseOf(row.observed()));
        changedRows.remove(row.row());
    }

    /** Records an observation of a row whose ledger state is still the earlier one. */
    void recordObservation(LedgerRow row, Observation observed) {
        var phase = ActionPhase.of(observed);
        if (row.call() == null || !observed.listed() || phase == ActionPhase.UNKNOWN) {
            return;
        }
        if (phasesBefore.computeIfAbsent(row.row(), number -> phaseOf(row.observed())) != phase) {
            changedRows.add(row.row());
        }
    }

    /** Whether the row was observed in another phase since its latest call. */
    boolean hasChangedSinceCall(LedgerRow row) {
        return changedRows.contains(row.row());
    }

    static ActionPhase phaseOf(ObservedState observed) {
        return ActionPhase.of(
                TaskState.of(observed.taskState()),
                CopyState.of(observed.copyState()),
                MigrationCycle.of(observed.migrationCycle()));
    }

    private static String withoutConnection(@Nullable String text) {
        return String.valueOf(text).replace(DISCONNECTED, "");
    }
}
