package dev.smsrunner.task;

import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.sms.CurrentTask;
import dev.smsrunner.target.RowTarget;
import dev.smsrunner.target.TargetComparison;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;

/**
 * Compares the tasks of rows that are under way. No page of the API says whether {@code exist_server} stays false once SMS has
 * made the new target server. So a task that this run created for a new server, and that is under way, is compared by region and
 * project alone. An idle task is compared in full, since its target can still be changed in the console.
 */
final class CreatedTasks {

    private final Ledger ledger;
    private final Set<Integer> created = new HashSet<>();

    CreatedTasks(Ledger ledger) {
        this.ledger = ledger;
    }

    TargetComparison compare(LedgerRow row, RowTarget wanted, CurrentTask task) {
        var found = wanted.compare(task);
        if (wanted.existing()
                || !found.elsewhere()
                || !row.stage().underWay()
                || task.taskState().isStartable()) {
            return found;
        }
        var others = found.withoutServer();
        return !others.equals(found) && isCreated(row, task) ? others : found;
    }

    /** By its name and by the ledger, which is asked only for a row that differs. */
    private boolean isCreated(LedgerRow row, CurrentTask task) {
        return TaskName.of(row.serverName(), Objects.requireNonNull(row.sourceId()))
                        .equals(task.name())
                && isRecorded(row);
    }

    /** Whether the ledger has a create of the row that was carried out. */
    boolean isRecorded(LedgerRow row) {
        if (created.contains(row.row())) {
            return true;
        }
        boolean executed = isCarriedOut(row, Operation.CREATE);
        if (executed) {
            created.add(row.row());
        }
        return executed;
    }

    /** Whether the ledger has an update of the row's task that was carried out. */
    boolean isUpdated(LedgerRow row) {
        return isCarriedOut(row, Operation.UPDATE);
    }

    private boolean isCarriedOut(LedgerRow row, Operation operation) {
        return ledger.lastCall(row, operation, CallState.DONE).isPresent()
                || ledger.lastCall(row, operation, CallState.SEEN).isPresent();
    }
}
