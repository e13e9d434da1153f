package dev.smsrunner.job.migrate;

import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.reconcile.RowCache;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.TaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Check between create and start: a create that was delayed in the cloud may surface after a second one was sent. The row
 * keeps its known task. The runner reports the second task, and never starts or deletes it, since an operator may have
 * created it.
 */
final class DuplicateTaskCheck {

    private DuplicateTaskCheck() {}

    /** One write per open row whose source has more live tasks than the row's own (ListTasks, by pages of 200). */
    static List<LedgerWrite> find(SmsApi sms, RowCache rowCache) {
        if (rowCache.openRows().stream().allMatch(row -> row.stage().isUnderWay())) {
            return List.of(); // no row is left to start
        }
        var bySource = new HashMap<String, List<String>>();
        sms.eachTaskPage(page -> page.tasks().forEach(task -> add(task, bySource)));
        var writes = new ArrayList<LedgerWrite>();
        for (var row : rowCache.openRows()) {
            var others = others(row, bySource);
            if (!others.isEmpty()) {
                writes.add(warning(row, others));
            }
        }
        return writes;
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

    private static LedgerWrite warning(LedgerRow row, List<String> others) {
        var text = "the source has more tasks than %s: %s. The run does not start them; delete them in the console"
                .formatted(row.taskId(), String.join(", ", others));
        return LedgerWrite.of(row, List.of(EventDraft.ofWarning(row, text)));
    }
}
