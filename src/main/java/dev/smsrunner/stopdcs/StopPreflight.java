package dev.smsrunner.stopdcs;

import dev.smsrunner.dcs.DcsApi;
import dev.smsrunner.dcs.DcsStatus;
import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.preflight.Examiner;
import dev.smsrunner.preflight.Finding;
import dev.smsrunner.preflight.PlannedResult;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Finds the task of each row, by its id or by its name in its project, and sees whether there is anything to stop. */
final class StopPreflight implements Examiner {

    private final ProjectTasks projects;
    private final FullMigrationCheck fullMigration;
    private final Map<String, Integer> taken = new HashMap<>();

    StopPreflight(DcsApi dcs, FullMigrationCheck fullMigration, Clock clock) {
        this.fullMigration = fullMigration;
        this.projects = new ProjectTasks(dcs, clock.instant());
    }

    /** The project of a row: a column of its own, or that of the target. */
    static String project(InventoryRow row) {
        var own = row.value(Column.PROJECT_ID);
        return own.isEmpty() ? row.targetProjectId() : own;
    }

    @Override
    public Found examine(InventoryRow row) {
        var project = project(row);
        var refusal = projects.refusal(project);
        if (refusal != null) {
            return rejected(
                    row,
                    Finding.error(
                            "DCS refuses to list the project %s: %s",
                            project, StopRefusal.failure(refusal).text()));
        }
        var id = row.value(Column.TASK_ID);
        if (!id.isEmpty()) {
            return found(row, project, id);
        }
        var coverage = projects.coverage(project);
        if (coverage != null && !coverage.isComplete()) {
            return rejected(
                    row,
                    Finding.error(
                            "DCS listed only %s tasks of the project %s: which of them have the name %s is not known. Set task_id, or rerun later.",
                            coverage, project, row.value(Column.TASK_NAME)));
        }
        var named = projects.named(project, row.value(Column.TASK_NAME));
        return named.size() == 1
                ? found(row, project, named.get(0).id())
                : rejected(
                        row,
                        Finding.error(
                                "%d tasks of the project %s have the name %s. Set task_id.",
                                named.size(), project, row.value(Column.TASK_NAME)));
    }

    private Found found(InventoryRow row, String project, String id) {
        var earlier = taken.putIfAbsent(id.toLowerCase(Locale.ROOT), row.row());
        if (earlier != null && earlier != row.row()) {
            return rejected(
                    row, Finding.error("Task %s is already used by row %d. Keep one of the rows.", id, earlier));
        }
        var listed = projects.listed(project, id);
        var seen = listed.listed() ? listed : projects.alone(project, id);
        if (seen.refusal() != null) {
            return rejected(
                    row, Finding.error("%s", StopRefusal.failure(seen.refusal()).text()));
        }
        if (!seen.shown()) {
            return rejected(row, Finding.error("%s", StopDecision.neverSeen(id)));
        }
        return new Found(row, id, seen, findings(project, id, seen));
    }

    private List<Finding> findings(String project, String id, DcsObservation seen) {
        return switch (seen.status()) {
            case STOPPED, ENDED, FAILED, DELETED ->
                List.of(Finding.nothingToDo("%s.", StopDecision.nothingToStop(seen)));
            case RUNNING ->
                fullMigration.found(project, id, seen).stream()
                        .map(this::inFull)
                        .toList();
            case STOPPING, UNKNOWN -> List.of();
        };
    }

    private Finding inFull(String found) {
        return fullMigration.allowsStop()
                ? Finding.warning("%s", found)
                : Finding.error("%s %s", found, FullMigrationCheck.REMEDY);
    }

    private static Found rejected(InventoryRow row, Finding finding) {
        return new Found(row, null, null, List.of(finding));
    }

    /** A row whose task was looked for. */
    record Found(
            InventoryRow row,
            @Nullable String taskId,
            @Nullable DcsObservation seen,
            List<Finding> findings) implements PlannedResult {

        @Override
        public LedgerRow match(LedgerRow ledgerRow, Instant now) {
            return taskId == null || seen == null
                    ? ledgerRow
                    : ledgerRow.ofTask(taskId).withSeen(seen.seen());
        }

        @Override
        public @Nullable String facts() {
            return null;
        }

        @Override
        public @Nullable String sourceId() {
            return null;
        }

        @Override
        public String intention() {
            var sight = Objects.requireNonNull(seen);
            return sight.status() == DcsStatus.RUNNING
                    ? "stop task %s, which is %s".formatted(taskId, sight.seen().taskState())
                    : "watch task %s, which is %s"
                            .formatted(taskId, sight.seen().taskState());
        }
    }
}
