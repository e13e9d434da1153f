package dev.smsrunner.task;

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

/** Looks for the task of a row in the service. */
public final class TaskLookup {

    /** The lists of the service show a change late: before this time has passed, what they show may be the state before it. */
    public static final Duration LAG = Duration.ofSeconds(15);

    private final SmsApi sms;

    TaskLookup(SmsApi sms) {
        this.sms = sms;
    }

    /** Whether a task in this state is still to do something. */
    static boolean alive(TaskState state) {
        return !state.isSuccess() && state != TaskState.DELETING && state != TaskState.ABSENT;
    }

    /** The task of that id (ShowTask); empty when there is none. */
    Optional<MigrationTask> shown(String taskId) {
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
     * The living task of the row's source, ours by its source or by its name. The list of tasks may lag behind a create, so
     * the source itself is asked too before it counts as having none (ListTasks, ShowServer).
     *
     * @throws ApiException with the verdict UNKNOWN when the list is incomplete and the source shows no task: there may be one
     */
    Optional<MigrationTask> alive(LedgerRow row) {
        var source = Objects.requireNonNull(row.sourceId());
        var listed = new ArrayList<MigrationTask>();
        var coverage = sms.eachTaskPage(
                source,
                page -> page.tasks().stream()
                        .filter(task -> isOf(row, task) && alive(task.taskState()))
                        .forEach(listed::add));
        if (!listed.isEmpty()) {
            return Optional.of(listed.get(0));
        }
        var current = ofSource(source);
        if (current.isEmpty() && !coverage.isComplete()) {
            throw new ApiException(
                    CallFailureKind.UNKNOWN,
                    "ListTasks",
                    200,
                    ApiError.text("SMS listed only %s tasks of the source %s".formatted(coverage, source)));
        }
        return current;
    }

    private Optional<MigrationTask> ofSource(String source) {
        try {
            var current = sms.showSource(source).currentTask();
            return current == null || current.id() == null || !alive(current.taskState())
                    ? Optional.empty()
                    : shown(current.id());
        } catch (ApiException ex) {
            if (Absence.ofSource(ex)) {
                return Optional.empty(); // a source that is gone is judged where the sources are watched
            }
            throw ex;
        }
    }

    /** The source of the row, when it shows that task as its current one (ShowServer); empty when it does not, or is gone. */
    Optional<SourceServer> showing(LedgerRow row, String taskId) {
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
