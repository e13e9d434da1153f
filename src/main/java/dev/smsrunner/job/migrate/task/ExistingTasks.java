package dev.smsrunner.job.migrate.task;

import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.CallResult;
import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.SourceServer;
import dev.smsrunner.sms.TaskState;
import dev.smsrunner.target.TargetComparison;
import dev.smsrunner.target.TargetDifference;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Adopts a task that existed before its row. An idle task is updated to the row and read back; a task under way is adopted
 * unchanged. A task with another target than the row is rejected.
 */
final class ExistingTasks {

    /**
     * Maximum number of lookups of a source that does not show its task: about five minutes at intervals of {@link
     * TaskLookup#LAG}.
     */
    private static final int MAX_LOOKUPS = 20;

    private final SmsApi sms;
    private final TaskSpecFactory specs;
    private final CallFailurePolicy failurePolicy;
    private final TaskLookup tasks;
    private final Clock clock;
    private final Map<Integer, Integer> missedLookups = new HashMap<>();

    ExistingTasks(SmsApi sms, TaskSpecFactory specs, CallFailurePolicy failurePolicy, TaskLookup tasks, Clock clock) {
        this.sms = sms;
        this.specs = specs;
        this.failurePolicy = failurePolicy;
        this.tasks = tasks;
        this.clock = clock;
    }

    /** Decides about the row and its task: adds either a call or a ledger write. */
    void use(LedgerRow row, MigrationTask task, List<MutatingCall> changes, List<LedgerWrite> writes) {
        var state = task.taskState();
        var conflict = specs.conflictOf(row, task);
        if (conflict.isPresent() && !state.isSuccess()) {
            writes.add(reject(row, conflict.get()));
        } else if (state == TaskState.UNKNOWN) {
            writes.add(postpone(row, "unknown task state " + task.state()));
        } else if (state == TaskState.DELETING) {
            writes.add(postpone(row, "its task %s is being deleted; waiting until it is gone".formatted(task.id())));
        } else {
            compare(row, task, changes, writes);
        }
    }

    private void compare(LedgerRow row, MigrationTask task, List<MutatingCall> changes, List<LedgerWrite> writes) {
        var source = tasks.findSourceShowing(row, Objects.requireNonNull(task.id()));
        if (source.isEmpty()) {
            writes.add(taskNotShown(row, task));
            return;
        }
        missedLookups.remove(row.row());
        var spec = specs.of(row);
        var current = Objects.requireNonNull(source.get().currentTask());
        var comparison = spec.rowTarget().compare(current, task.migrationIp());
        if (!task.taskState().isStartable()) {
            writes.add(comparison.isOtherTarget() ? reject(row, task, comparison) : adopt(row, task, comparison));
        } else if (row.hasExecuted(Operation.UPDATE)) {
            writes.add(readBack(row, task, comparison));
        } else if (!comparison.differences().isEmpty() || !comparison.complete() || spec.differsFrom(task)) {
            if (row.stage() == Stage.TASK_READY) {
                writes.add(foreignChange(row, task, comparison));
            }
            changes.add(update(row, task, spec, source.get()));
        } else if (row.stage() == Stage.TASK_READY) {
            writes.add(postpone(row, "the list of sources still shows another form of its task; checking again"));
        } else {
            writes.add(adopt(row, task, comparison));
        }
    }

    /** Warning that another user changed a matching task before its start. */
    private static LedgerWrite foreignChange(LedgerRow row, MigrationTask task, TargetComparison comparison) {
        var text = "Its task %s (%s) was changed by another user; the runner updates it back before its start: %s."
                .formatted(task.id(), task.state(), TargetDifference.text(comparison.differences()));
        return LedgerWrite.of(row, List.of(EventDraft.ofWarning(row, text)));
    }

    /** Whether the task of the row was updated and not yet read back. */
    static boolean needsReadBack(LedgerRow row) {
        return row.stage() == Stage.PLANNED && row.nextAt() == null && row.hasExecuted(Operation.UPDATE);
    }

    private LedgerWrite readBack(LedgerRow row, MigrationTask task, TargetComparison comparison) {
        if (comparison.differences().isEmpty()) {
            return markReady(row, task, "updated the existing task of the source: " + task.id());
        }
        var call = row.call();
        return call != null && clock.instant().isBefore(call.at().plus(TaskLookup.LAG))
                ? postpone(
                        row,
                        "the update of its task is not visible yet: " + TargetDifference.text(comparison.differences()))
                : reject(row, task, comparison);
    }

    private LedgerWrite taskNotShown(LedgerRow row, MigrationTask task) {
        if (missedLookups.merge(row.row(), 1, Integer::sum) < MAX_LOOKUPS) {
            return postpone(row, "its source does not show the task %s yet; checking again".formatted(task.id()));
        }
        return reject(
                row, "Its source does not show task %s, so the target of the task is unknown.".formatted(task.id()));
    }

    private MutatingCall update(LedgerRow row, MigrationTask task, TaskSpec spec, SourceServer source) {
        var id = Objects.requireNonNull(task.id());
        var body = spec.update(Objects.requireNonNullElse(source.ip(), ""));
        return new MutatingCall(
                row.withTaskOnly(id), // if SMS refuses the update for now, the row knows the task for the next attempt
                Operation.UPDATE,
                id,
                MutatingCall.RemoteCall.of(deadline -> sms.until(deadline).updateTask(id, body)),
                this::afterUpdate);
    }

    /** Leaves the row in its stage until the task is read back, so that a successor of a killed process reads it back. */
    private MutatingCall.RowEffect afterUpdate(LedgerRow row, CallResult result) {
        return result.state() == CallState.DONE
                ? MutatingCall.RowEffect.of(row.clearSchedule().withFailure(null))
                : failurePolicy.effectOf(row, result, clock.instant());
    }

    private LedgerWrite adopt(LedgerRow row, MigrationTask task, TargetComparison comparison) {
        var write = markReady(row, task, "adopted the existing task of the source: " + task.id());
        if (comparison.differences().isEmpty()) {
            return write;
        }
        var events = new ArrayList<>(write.events());
        events.add(EventDraft.ofWarning(row, comparison.formWarning(task.id())));
        return LedgerWrite.of(write.row(), events);
    }

    private LedgerWrite markReady(LedgerRow row, MigrationTask task, String how) {
        var event = EventDraft.ofStage(row, Stage.TASK_READY, how);
        return LedgerWrite.of(
                row.withTask(Objects.requireNonNull(task.id()), clock.instant()).withAttention(null), List.of(event));
    }

    private LedgerWrite postpone(LedgerRow row, String reason) {
        return LedgerWrite.of(row.notBefore(clock.instant().plus(TaskLookup.LAG), reason), List.of());
    }

    private LedgerWrite reject(LedgerRow row, MigrationTask task, TargetComparison comparison) {
        return reject(row.withTaskOnly(Objects.requireNonNull(task.id())), comparison.refusal(task.id(), task.state()));
    }

    /** Rejects the row as preflight does. */
    private LedgerWrite reject(LedgerRow row, String reason) {
        var create = TaskProvisioner.undecidedCreate(row);
        var resolved = create == null ? row : row.withCall(create.withState(CallState.ABSENT, create.at()));
        var failure = Failure.of(
                reason,
                "OPERATOR",
                "Delete the task with the job delete or in the console, or correct the row. Then rerun.");
        var event = EventDraft.ofEnd(row, Outcome.REJECTED, reason);
        return new LedgerWrite(
                resolved.withFailure(failure).end(Outcome.REJECTED, reason, clock.instant()),
                List.of(event),
                Intent.resolved(row, create, CallState.ABSENT));
    }
}
