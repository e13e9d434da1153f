package dev.smsrunner.job.migrate.task;

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
 * Compares the tasks of rows that are under way. No page of the API documents whether {@code exist_server} stays false once SMS
 * has created the target server. So a task that this run created, and that is under way, is compared by region and project only.
 * An idle task is compared in full, since its target can still be changed in the console.
 */
final class CreatedTasks {

    private final Ledger ledger;
    private final Set<Integer> rowsWithCreate = new HashSet<>();

    CreatedTasks(Ledger ledger) {
        this.ledger = ledger;
    }

    TargetComparison compare(LedgerRow row, RowTarget target, CurrentTask task) {
        var comparison = target.compare(task);
        if (target.isExistingServer()
                || !comparison.isOtherTarget()
                || !row.stage().isUnderWay()
                || task.taskState().isStartable()) {
            return comparison;
        }
        var withoutServer = comparison.withoutServer();
        return !withoutServer.equals(comparison) && isCreated(row, task) ? withoutServer : comparison;
    }

    /** Whether this run created the task, by its name and by the ledger. The ledger is read only for a row that differs. */
    private boolean isCreated(LedgerRow row, CurrentTask task) {
        return TaskName.of(row.serverName(), Objects.requireNonNull(row.sourceId()))
                        .equals(task.name())
                && hasCreateRecorded(row);
    }

    /** Whether the ledger has an executed create of the row. */
    boolean hasCreateRecorded(LedgerRow row) {
        if (rowsWithCreate.contains(row.row())) {
            return true;
        }
        boolean executed = ledger.hasExecutedCall(row, Operation.CREATE);
        if (executed) {
            rowsWithCreate.add(row.row());
        }
        return executed;
    }

    /** Whether the ledger has an executed update of the row's task. */
    boolean hasUpdateRecorded(LedgerRow row) {
        return ledger.hasExecutedCall(row, Operation.UPDATE);
    }
}
