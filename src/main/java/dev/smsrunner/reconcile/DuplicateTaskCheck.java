package dev.smsrunner.reconcile;

import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.TaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The barrier between create and start: a create that was delayed in the cloud may surface after another was sent. The row
 * keeps the task that it knows; a second one is told, never started and never deleted, since a person may have made it.
 */
final class DuplicateTaskCheck {

    private DuplicateTaskCheck() {}

    /** One entry per open row whose source has living tasks besides the row's own (ListTasks, by pages of 200). */
    static List<LedgerWrite> find(SmsApi sms, RowCache board) {
        if (board.open().stream().allMatch(row -> row.stage().underWay())) {
            return List.of(); // nothing is left to start
        }
        var bySource = new HashMap<String, List<String>>();
        sms.eachTaskPage(page -> page.tasks().forEach(task -> add(task, bySource)));
        var entries = new ArrayList<LedgerWrite>();
        for (var row : board.open()) {
            var others = others(row, bySource);
            if (!others.isEmpty()) {
                entries.add(told(row, others));
            }
        }
        return entries;
    }

    private static void add(MigrationTask task, Map<String, List<String>> bySource) {
        boolean living = !task.taskState().isSuccess() && task.taskState() != TaskState.DELETING;
        if (living && task.id() != null && task.sourceServerId() != null) {
            bySource.computeIfAbsent(task.sourceServerId(), id -> new ArrayList<>(1))
                    .add(task.id());
        }
    }

    private static List<String> others(LedgerRow row, Map<String, List<String>> bySource) {
        if (row.taskId() == null || row.sourceId() == null) {
            return List.of();
        }
        return bySource.getOrDefault(row.sourceId(), List.of()).stream()
                .filter(id -> !id.equals(row.taskId()))
                .toList();
    }

    private static LedgerWrite told(LedgerRow row, List<String> others) {
        var text = "the source has more tasks than %s: %s. They are not started; delete them in the console"
                .formatted(row.taskId(), String.join(", ", others));
        return LedgerWrite.of(row, List.of(EventDraft.ofRow(row, EventKind.FINDING, null, "WARNING", text)));
    }
}
