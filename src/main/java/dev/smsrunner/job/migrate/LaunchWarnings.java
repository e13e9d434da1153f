package dev.smsrunner.job.migrate;

import dev.smsrunner.job.migrate.task.TaskProvisioner;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.reconcile.RowCache;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Warns about tasks from before the run that may launch their targets by themselves. Preflight checks this too; later
 * changes of the inventory or the job file may add obstacles to the launch.
 */
final class LaunchWarnings {

    private LaunchWarnings() {}

    /** One write per row without this warning. */
    static List<LedgerWrite> find(RowCache rowCache, Ledger ledger, TaskProvisioner tasks) {
        var candidates = rowCache.openRows().stream()
                .filter(row -> row.taskId() != null && row.stage() != Stage.PLANNED && row.stage() != Stage.LAUNCHING)
                .toList();
        if (candidates.isEmpty()) {
            return List.of();
        }
        var created = rowsWithCreatedTask(candidates.get(0).runId(), ledger);
        return candidates.stream()
                .filter(row -> !created.contains(row.row()))
                .flatMap(row -> tasks
                        .launchWarning(row)
                        .filter(text -> !ledger.hasFinding(row, text))
                        .map(text -> warning(row, text))
                        .stream())
                .toList();
    }

    /** Rows whose task this run created. */
    private static Set<Integer> rowsWithCreatedTask(String runId, Ledger ledger) {
        return ledger.intents(runId).stream()
                .filter(call ->
                        call.operation() == Operation.CREATE && call.state().isExecuted())
                .map(Intent::row)
                .collect(Collectors.toSet());
    }

    private static LedgerWrite warning(LedgerRow row, String text) {
        return LedgerWrite.of(row, List.of(EventDraft.ofWarning(row, text)));
    }
}
