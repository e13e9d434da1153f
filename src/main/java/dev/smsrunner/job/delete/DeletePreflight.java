package dev.smsrunner.job.delete;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.inventory.ServerName;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.SourceHistory;
import dev.smsrunner.preflight.Examiner;
import dev.smsrunner.preflight.Finding;
import dev.smsrunner.preflight.PreflightResult;
import dev.smsrunner.preflight.SourceMatcher;
import dev.smsrunner.sms.Absence;
import dev.smsrunner.sms.MigrationCycle;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.SourceServer;
import dev.smsrunner.sms.TaskState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Preflight of the job {@code delete}. It accepts a source that a run of this database migrated with the task to be deleted, and a
 * row that names the task and confirms the name of the source.
 */
final class DeletePreflight implements Examiner {

    /** Task that a run deleted, with its source. */
    private record DeletedTask(String id, String sourceId) {}

    private final SmsApi sms;
    private final SourceHistory history;
    private final boolean deletesSources;
    private final SourceMatcher matcher;
    private final Map<Integer, DeletedTask> deletedTasks = new HashMap<>();

    /**
     * Reads all sources and tasks of the account.
     *
     * @param deletesSources whether the source of a row is deleted after its task
     */
    DeletePreflight(SmsApi sms, SourceHistory history, boolean deletesSources) {
        this.sms = sms;
        this.history = history;
        this.deletesSources = deletesSources;
        this.matcher = SourceMatcher.load(sms, this::assess);
    }

    @Override
    public void reserve(String sourceId, int row) {
        matcher.reserve(sourceId, row);
    }

    /** A rerun may name a task that the run before has deleted: such a row is about its source alone. */
    @Override
    public PreflightResult examine(InventoryRow row) {
        var task = row.value(Column.TASK_ID);
        var source = history.findSourceOfDeletedTask(task);
        if (source.isEmpty() || matcher.hasTask(task)) {
            var result = matcher.examine(row);
            return matcher.hasTask(task) ? result : unlessDeleted(row.sourceServerId(), result);
        }
        deletedTasks.put(row.row(), new DeletedTask(task, source.get()));
        var cells = row.cells();
        cells.put(Column.TASK_ID.label(), "");
        if (SourceMatcher.namesNoSource(row)) {
            cells.put(Column.SOURCE_SERVER_ID.label(), source.get());
        }
        return unlessDeleted(
                source.get(), matcher.examine(InventoryRow.restore(row.row(), row.line(), cells, Map.of())));
    }

    /** A source that SMS no longer shows, since a run deleted it, needs no work. */
    private PreflightResult unlessDeleted(String sourceId, PreflightResult result) {
        return history.hasDeletedSource(sourceId) && matcher.isAbsent(sourceId)
                ? PreflightResult.ofUnmatched(
                        result.row(), Finding.nothingToDo("Nothing to do: a run deleted the source %s.", sourceId))
                : result;
    }

    private SourceMatcher.Assessment assess(SourceMatcher.Candidate candidate) {
        var source = candidate.source();
        var task = candidate.taskId();
        var deleted = deletedTasks.get(candidate.row().row());
        if (deleted != null && (task != null || !deleted.sourceId().equalsIgnoreCase(source.id()))) {
            return new SourceMatcher.Assessment(List.of(otherThanDeleted(deleted, source, task)), "", null);
        }
        var findings = new ArrayList<Finding>();
        var confirmed = confirmation(candidate, findings);
        if (task == null && !deletesSources) {
            findings.add(Finding.nothingToDo("Nothing to do: the source %s has no task.", source.id()));
        } else if (!confirmed && !isMigrated(source, task)) {
            findings.add(unauthorized(source, task));
        }
        if (task != null) {
            checkTask(task, source, findings);
        } else if (deletesSources) {
            DeletionRule.ofSource(states(source, null))
                    .ifPresent(obstacle -> findings.add(busy(source, obstacle.text())));
        }
        return new SourceMatcher.Assessment(findings, plannedChange(source, task), null);
    }

    /** Finding for a row that names a deleted task, but another source, or a source that has a task again. */
    private Finding otherThanDeleted(DeletedTask deleted, SourceServer source, @Nullable String task) {
        if (!deleted.sourceId().equalsIgnoreCase(source.id())) {
            return Finding.error(
                    "A run deleted the task %s of the source %s, not of %s. Correct the row.",
                    deleted.id(), deleted.sourceId(), source.id());
        }
        if (!deletesSources) {
            return Finding.nothingToDo("Nothing to do: a run deleted the task %s.", deleted.id());
        }
        return deleted.id().equalsIgnoreCase(task)
                ? Finding.error(
                        "SMS still shows the task %s at the source %s, but a run deleted it. Rerun later.",
                        task, source.id())
                : otherTask(source, Objects.requireNonNull(task));
    }

    /**
     * Whether a run migrated the source with the task. Without a task SMS must still show the source as migrated, unless a run
     * deleted the task: a source comes back with its id when its agent restarts, and then it is not migrated.
     */
    private boolean isMigrated(SourceServer source, @Nullable String task) {
        var id = idOf(source);
        boolean isShown = source.copyState().isLaunched() || source.cycle() == MigrationCycle.CUTOVERED;
        return history.isMigrated(id, task) && (task != null || isShown || history.hasDeletedTask(id));
    }

    /** Whether the row names its task and confirms the name of its source; a wrong name is a finding. */
    private boolean confirmation(SourceMatcher.Candidate candidate, List<Finding> findings) {
        var row = candidate.row();
        var confirm = row.value(Column.CONFIRM);
        if (confirm.isEmpty()) {
            return false;
        }
        var source = candidate.source();
        if (nameKey(source).isEmpty()) {
            findings.add(Finding.error(
                    "confirm is '%s', but the source %s has no name. Its deletion cannot be confirmed. Delete it in the console.",
                    confirm, source.id()));
            return false;
        }
        if (!ServerName.key(confirm).equals(nameKey(source))) {
            findings.add(Finding.error(
                    "confirm is '%s', but the source %s is named '%s'. Correct the row; to delete this one, write its name in"
                            + " confirm.",
                    confirm, source.id(), source.name()));
            return false;
        }
        return deletedTasks.containsKey(row.row()) || !row.value(Column.TASK_ID).isEmpty();
    }

    private Finding unauthorized(SourceServer source, @Nullable String task) {
        if (task == null) {
            return Finding.error(
                    "The source %s is not migrated by a run in this database, and it has no task to confirm. Delete it in the console.",
                    source.id());
        }
        return nameKey(source).isEmpty()
                ? Finding.error(
                        "No run in this database migrated the source %s with the task %s. The source has no name to confirm."
                                + " Delete it in the console.",
                        source.id(), task)
                : Finding.error(
                        "No run in this database migrated the source %s with the task %s. To delete it anyway, set task_id to"
                                + " %s and confirm to '%s'.",
                        source.id(), task, task, source.name());
    }

    private void checkTask(String task, SourceServer source, List<Finding> findings) {
        try {
            if (deletesSources) {
                checkOtherTasks(task, source, findings);
            }
            checkState(task, source, findings);
        } catch (ApiException ex) {
            findings.add(unknownState(task, ex));
        }
    }

    private void checkOtherTasks(String task, SourceServer source, List<Finding> findings) {
        var listed = matcher.tasksOf(idOf(source));
        if (!listed.complete()) {
            findings.add(matcher.unknownTasks(source));
        }
        Stream.concat(
                        Stream.ofNullable(source.currentTaskId()),
                        listed.tasks().stream().map(MigrationTask::id))
                .filter(other -> other != null && !task.equalsIgnoreCase(other))
                .findFirst()
                .ifPresent(other -> findings.add(otherTask(source, other)));
    }

    private void checkState(String task, SourceServer source, List<Finding> findings) {
        var current = source.currentTask();
        var own = current != null && task.equals(current.id()) ? current : null;
        var state = own != null ? own.state() : sms.showTask(task).state();
        if (TaskState.of(state) != TaskState.DELETING) {
            DeletionRule.ofTask(task, states(source, state), true)
                    .ifPresent(obstacle -> findings.add(
                            obstacle.migrating() ? migrating(obstacle.text()) : busy(source, obstacle.text())));
        } else if (!deletesSources) {
            findings.add(Finding.nothingToDo("Nothing to do: the task %s is being deleted already.", task));
        }
    }

    /**
     * Finding for a task whose state SMS does not show.
     *
     * @throws ApiException when the call was denied, which affects every row
     */
    private Finding unknownState(String task, ApiException failure) {
        if (failure.kind() == CallFailureKind.DENIED) {
            throw failure;
        }
        if (!Absence.ofTask(failure)) {
            return Finding.error("Cannot read the task %s: %s Rerun later.", task, failure.getMessage());
        }
        return deletesSources
                ? Finding.error("The task %s no longer exists (SMS.7703). Rerun to delete its source.", task)
                : Finding.nothingToDo("Nothing to do: the task %s no longer exists (SMS.7703).", task);
    }

    private static Finding otherTask(SourceServer source, String task) {
        return Finding.error(
                "The source %s has another task, %s. Delete that task first, or set delete.sources to false.",
                source.id(), task);
    }

    /** Key of the name that confirms a deletion; empty when the source cannot be confirmed. */
    private static String nameKey(SourceServer source) {
        return ServerName.key(Objects.requireNonNullElse(source.name(), ""));
    }

    private static Finding migrating(String text) {
        return Finding.error(
                "Not deleted: %s. This job never deletes a task that copies or synchronises. Stop the task, wait until it is"
                        + " stopped, then rerun.",
                text);
    }

    private static Finding busy(SourceServer source, String text) {
        return Finding.error(
                "Not deleted: %s. SMS refuses a deletion in this state (SMS.7719). Wait until the source %s has another state,"
                        + " then rerun.",
                text, source.id());
    }

    private String plannedChange(SourceServer source, @Nullable String task) {
        if (task == null) {
            return "delete the source %s".formatted(source.id());
        }
        return "delete the task %s%s".formatted(task, deletesSources ? ", then the source " + source.id() : "");
    }

    private static ObservedState states(SourceServer source, @Nullable String taskState) {
        return new ObservedState(
                taskState, source.state(), source.migrationCycle(), source.connected(), null, null, null);
    }

    private static String idOf(SourceServer source) {
        return Optional.ofNullable(source.id()).orElseThrow();
    }
}
