package dev.smsrunner.job.stopdcs;

import dev.smsrunner.dcs.DcsApi;
import dev.smsrunner.dcs.DcsStatus;
import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.preflight.Examiner;
import dev.smsrunner.preflight.Finding;
import dev.smsrunner.preflight.PreflightResult;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Finds the task of each row, by its id or by its name in its project, and checks whether there is anything to stop. */
final class StopDcsExaminer implements Examiner {

    private final ProjectTasks projects;
    private final FullMigrationCheck fullMigration;
    private final Map<String, Integer> rowsByTask = new HashMap<>();

    StopDcsExaminer(DcsApi dcs, FullMigrationCheck fullMigration, Clock clock) {
        this.fullMigration = fullMigration;
        this.projects = new ProjectTasks(dcs, clock.instant());
    }

    /** Project of a row: its own column, or the project of the target. */
    static String project(InventoryRow row) {
        var own = row.value(Column.PROJECT_ID);
        return own.isEmpty() ? row.targetProjectId() : own;
    }

    @Override
    public PreflightResult examine(InventoryRow row) {
        var project = project(row);
        var refusal = projects.refusal(project);
        if (refusal != null) {
            return PreflightResult.ofUnmatched(
                    row,
                    Finding.error(
                            "DCS refuses to list the project %s: %s",
                            project, StopRefusal.failureOf(refusal).text()));
        }
        var id = row.value(Column.TASK_ID);
        if (!id.isEmpty()) {
            return candidate(row, project, id);
        }
        var coverage = projects.coverage(project);
        if (coverage != null && !coverage.isComplete()) {
            return PreflightResult.ofUnmatched(
                    row,
                    Finding.error(
                            "DCS listed only %s tasks of the project %s, so the tasks with the name %s are not known. Set task_id, or rerun later.",
                            coverage, project, row.value(Column.TASK_NAME)));
        }
        var named = projects.findByName(project, row.value(Column.TASK_NAME));
        return named.size() == 1
                ? candidate(row, project, named.get(0).id())
                : PreflightResult.ofUnmatched(
                        row,
                        Finding.error(
                                "%d tasks of the project %s have the name %s. Set task_id.",
                                named.size(), project, row.value(Column.TASK_NAME)));
    }

    private PreflightResult candidate(InventoryRow row, String project, String id) {
        var earlier = rowsByTask.putIfAbsent(id.toLowerCase(Locale.ROOT), row.row());
        if (earlier != null && earlier != row.row()) {
            return PreflightResult.ofUnmatched(
                    row, Finding.error("Task %s is already used by row %d. Keep one of the rows.", id, earlier));
        }
        var listed = projects.findListed(project, id);
        var observed = listed.listed() ? listed : projects.observeAlone(project, id);
        if (observed.refusal() != null) {
            return PreflightResult.ofUnmatched(
                    row,
                    Finding.error(
                            "%s", StopRefusal.failureOf(observed.refusal()).text()));
        }
        if (!observed.shown()) {
            return PreflightResult.ofUnmatched(row, Finding.error("%s", StopDecision.unknownTaskText(id)));
        }
        return PreflightResult.ofTask(
                row, id, observed.states(), findings(project, id, observed), plannedChange(id, observed));
    }

    private List<Finding> findings(String project, String id, DcsObservation observed) {
        return switch (observed.status()) {
            case STOPPED, ENDED, FAILED, DELETED ->
                List.of(Finding.nothingToDo("%s.", StopDecision.nothingToStop(observed)));
            case RUNNING ->
                fullMigration.findProblem(project, id, observed).stream()
                        .map(this::fullMigrationFinding)
                        .toList();
            case STOPPING, UNKNOWN -> List.of();
        };
    }

    private Finding fullMigrationFinding(String problem) {
        return fullMigration.allowsStop()
                ? Finding.warning("%s", problem)
                : Finding.error("%s %s", problem, FullMigrationCheck.REMEDY);
    }

    private static String plannedChange(String id, DcsObservation observed) {
        return "%s task %s, which is %s"
                .formatted(
                        observed.status() == DcsStatus.RUNNING ? "stop" : "watch",
                        id,
                        observed.states().taskState());
    }
}
