package dev.smsrunner.reconcile;

import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.task.TaskProvisioner;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Warns of tasks that were there before the run and may launch their targets by themselves. Preflight warns of them too, by the
 * order of that time: changes of the inventory or the job file may give the launch something to wait for later.
 */
final class LaunchWarnings {

    private LaunchWarnings() {}

    /** One entry per row of which this was not told yet. */
    static List<LedgerWrite> find(RowCache board, Ledger ledger, TaskProvisioner tasks) {
        var candidates = board.open().stream()
                .filter(row -> row.taskId() != null && row.stage() != Stage.PLANNED && row.stage() != Stage.LAUNCHING)
                .toList();
        if (candidates.isEmpty()) {
            return List.of();
        }
        var created = created(candidates.get(0).runId(), ledger);
        return candidates.stream()
                .filter(row -> !created.contains(row.row()))
                .flatMap(
                        row -> tasks
                                .launchWarning(row)
                                .filter(text -> !ledger.isFound(row, text))
                                .map(text -> entry(row, text))
                                .stream())
                .toList();
    }

    /** The rows whose task this run created. */
    private static Set<Integer> created(String runId, Ledger ledger) {
        return ledger.intents(runId).stream()
                .filter(call ->
                        call.operation() == Operation.CREATE && call.state().executed())
                .map(Intent::row)
                .collect(Collectors.toSet());
    }

    private static LedgerWrite entry(LedgerRow row, String text) {
        return LedgerWrite.of(row, List.of(EventDraft.ofRow(row, EventKind.FINDING, null, "WARNING", text)));
    }
}
