package dev.smsrunner.job.migrate.task;

import dev.smsrunner.cloud.ApiError;
import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.sms.Absence;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.SourceServer;
import dev.smsrunner.sms.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Objects;
import java.util.Optional;

/** Finds the task of a row in the service. */
public record TaskLookup(SmsApi sms) {

    /** Delay of the service's lists: within this time after a change they may still show the previous state. */
    public static final Duration LAG = Duration.ofSeconds(15);

    /** Whether a task in this state is neither finished nor disappearing. */
    static boolean isAlive(TaskState state) {
        return !state.isSuccess() && state != TaskState.DELETING && state != TaskState.ABSENT;
    }

    /** Task with this id (ShowTask); empty when there is none. */
    Optional<MigrationTask> show(String taskId) {
        try {
            return Optional.of(sms.showTask(taskId));
        } catch (ApiException ex) {
            if (Absence.ofTask(ex)) {
                return Optional.empty();
            }
            throw ex;
        }
    }

    /**
     * Live task of the row, matched by its source or by its name (ListTasks). The list may lag behind a create, so the source
     * itself is queried too before it counts as having no task (ShowServer).
     *
     * @throws ApiException with {@code UNKNOWN} when the list is incomplete and the source shows no task: it may still have one
     */
    Optional<MigrationTask> findLiveTask(LedgerRow row) {
        var source = Objects.requireNonNull(row.sourceId());
        var listed = new ArrayList<MigrationTask>();
        var coverage = sms.eachTaskPage(
                source,
                page -> page.tasks().stream()
                        .filter(task -> isOf(row, task) && isAlive(task.taskState()))
                        .forEach(listed::add));
        if (!listed.isEmpty()) {
            return Optional.of(listed.get(0));
        }
        var current = currentTaskOf(source);
        if (current.isEmpty() && !coverage.isComplete()) {
            throw ApiException.ofUnclearRead(
                    "ListTasks",
                    200,
                    ApiError.text("SMS listed only %s tasks of the source %s".formatted(coverage, source)));
        }
        return current;
    }

    private Optional<MigrationTask> currentTaskOf(String source) {
        try {
            var current = sms.showSource(source).currentTask();
            return current == null || current.id() == null || !isAlive(current.taskState())
                    ? Optional.empty()
                    : show(current.id());
        } catch (ApiException ex) {
            if (Absence.ofSource(ex)) {
                return Optional.empty(); // the code that observes the sources handles a source that is gone
            }
            throw ex;
        }
    }

    /** Source of the row if its current task is this one (ShowServer); empty if it is not, or if the source is gone. */
    Optional<SourceServer> findSourceShowing(LedgerRow row, String taskId) {
        try {
            return Optional.of(sms.showSource(Objects.requireNonNull(row.sourceId())))
                    .filter(source -> source.currentTask() != null
                            && taskId.equals(source.currentTask().id()));
        } catch (ApiException ex) {
            if (ex.kind() == CallFailureKind.REFUSED) {
                return Optional.empty();
            }
            throw ex;
        }
    }

    private static boolean isOf(LedgerRow row, MigrationTask task) {
        var source = Objects.requireNonNull(row.sourceId());
        return source.equals(task.sourceServerId())
                || TaskName.of(row.serverName(), source).equals(task.name());
    }
}
