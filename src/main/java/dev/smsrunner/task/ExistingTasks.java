package dev.smsrunner.task;

import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.CallResult;
import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Failure;
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
 * Takes a task that was there before its row: an idle one is updated to what the row demands and read back, one under way is taken
 * as it is. No task is taken that leads to another target than the row.
 */
final class ExistingTasks {

    /** Maximum number of looks at a source that does not show its task; with {@link TaskLookup#LAG} between them about five minutes. */
    private static final int MOST_LOOKS = 20;

    private final SmsApi sms;
    private final TaskSpecFactory specs;
    private final CallFailurePolicy refusals;
    private final TaskLookup tasks;
    private final Clock clock;
    private final Map<Integer, Integer> unseen = new HashMap<>();

    ExistingTasks(SmsApi sms, TaskSpecFactory specs, CallFailurePolicy refusals, TaskLookup tasks, Clock clock) {
        this.sms = sms;
        this.specs = specs;
        this.refusals = refusals;
        this.tasks = tasks;
        this.clock = clock;
    }

    /** Decides what becomes of the row and its task: a change to make, or an entry to write. */
    void use(LedgerRow row, MigrationTask task, List<MutatingCall> changes, List<LedgerWrite> settled) {
        var state = task.taskState();
        var against = specs.against(row, task);
        if (against.isPresent() && !state.isSuccess()) {
            settled.add(rejected(row, against.get()));
        } else if (state == TaskState.UNKNOWN) {
            settled.add(later(row, "unknown task state " + task.state()));
        } else if (state == TaskState.DELETING) {
            settled.add(later(row, "its task %s is being deleted; waiting until it is gone".formatted(task.id())));
        } else {
            compare(row, task, changes, settled);
        }
    }

    private void compare(LedgerRow row, MigrationTask task, List<MutatingCall> changes, List<LedgerWrite> settled) {
        var source = tasks.showing(row, Objects.requireNonNull(task.id()));
        if (source.isEmpty()) {
            settled.add(notShown(row, task));
            return;
        }
        unseen.remove(row.row());
        var spec = specs.of(row);
        var current = Objects.requireNonNull(source.get().currentTask());
        var compared = spec.rowTarget().compare(current, task.migrationIp());
        if (!task.taskState().isStartable()) {
            settled.add(compared.elsewhere() ? rejected(row, task, compared) : adopted(row, task, compared));
        } else if (updated(row)) {
            settled.add(readBack(row, task, compared));
        } else if (!compared.differences().isEmpty() || !compared.complete() || spec.differs(task)) {
            if (row.stage() == Stage.TASK_READY) {
                settled.add(changedMeanwhile(row, task, compared));
            }
            changes.add(update(row, task, spec, source.get()));
        } else if (row.stage() == Stage.TASK_READY) {
            settled.add(later(row, "the list of sources still shows another form of its task; looking again"));
        } else {
            settled.add(adopted(row, task, compared));
        }
    }

    /** The task matched the row, and another user changed it before its start. */
    private static LedgerWrite changedMeanwhile(LedgerRow row, MigrationTask task, TargetComparison compared) {
        var text = "Its task %s (%s) was changed by another user; the runner updates it back before its start: %s."
                .formatted(task.id(), task.state(), TargetDifference.text(compared.differences()));
        return LedgerWrite.of(row, List.of(EventDraft.ofRow(row, EventKind.FINDING, null, "WARNING", text)));
    }

    /** Whether the task of the row was updated and is not ready yet: it remains to be read back. */
    static boolean toReadBack(LedgerRow row) {
        return row.stage() == Stage.PLANNED && row.nextAt() == null && updated(row);
    }

    private static boolean updated(LedgerRow row) {
        return row.call() != null
                && row.call().operation() == Operation.UPDATE
                && row.call().state().executed();
    }

    private LedgerWrite readBack(LedgerRow row, MigrationTask task, TargetComparison compared) {
        if (compared.differences().isEmpty()) {
            return ready(row, task, "updated the task that the source has already: " + task.id());
        }
        boolean recent = clock.instant().isBefore(row.call().at().plus(TaskLookup.LAG));
        return recent
                ? later(
                        row,
                        "the update of its task does not show yet: " + TargetDifference.text(compared.differences()))
                : rejected(row, task, compared);
    }

    private LedgerWrite notShown(LedgerRow row, MigrationTask task) {
        if (unseen.merge(row.row(), 1, Integer::sum) < MOST_LOOKS) {
            return later(row, "its source does not show the task %s yet; looking again".formatted(task.id()));
        }
        return rejected(
                row,
                "Its source does not show the task %s, so that it cannot be told where it leads.".formatted(task.id()));
    }

    private MutatingCall update(LedgerRow row, MigrationTask task, TaskSpec spec, SourceServer source) {
        var id = Objects.requireNonNull(task.id());
        var body = spec.update(Objects.requireNonNullElse(source.ip(), ""));
        return new MutatingCall(
                row.ofTask(id), // should the update be refused for now, the row knows what it is to be tried on again
                Operation.UPDATE,
                id,
                () -> {
                    sms.updateTask(id, body);
                    return null;
                },
                this::sent);
    }

    /** The row stays where it is until the task is read back: a process that dies in between reads it back later. */
    private MutatingCall.Consequence sent(LedgerRow row, CallResult answer) {
        return answer.state() == CallState.DONE
                ? new MutatingCall.Consequence(row.notBefore(null, null).withFailure(null), List.of())
                : refusals.meaning(row, answer, clock.instant());
    }

    private LedgerWrite adopted(LedgerRow row, MigrationTask task, TargetComparison compared) {
        var entry = ready(row, task, "adopted the task that the source has already: " + task.id());
        if (compared.differences().isEmpty()) {
            return entry;
        }
        var events = new ArrayList<>(entry.events());
        events.add(EventDraft.ofRow(row, EventKind.FINDING, null, "WARNING", compared.formWarning(task.id())));
        return LedgerWrite.of(entry.row(), events);
    }

    private LedgerWrite ready(LedgerRow row, MigrationTask task, String how) {
        var event = EventDraft.ofRow(row, EventKind.STAGE, row.stage().name(), "TASK_READY", how);
        return LedgerWrite.of(
                row.withTask(Objects.requireNonNull(task.id()), clock.instant()).withAttention(null), List.of(event));
    }

    private LedgerWrite later(LedgerRow row, String why) {
        return LedgerWrite.of(row.notBefore(clock.instant().plus(TaskLookup.LAG), why), List.of());
    }

    private LedgerWrite rejected(LedgerRow row, MigrationTask task, TargetComparison compared) {
        return rejected(row.ofTask(Objects.requireNonNull(task.id())), compared.refusal(task.id(), task.state()));
    }

    /** As preflight would have done, had the task been there then. */
    private LedgerWrite rejected(LedgerRow row, String why) {
        boolean ours = row.call() != null && row.call().undecided(Operation.CREATE);
        var known =
                ours ? row.withCall(row.call().now(CallState.ABSENT, row.call().at())) : row;
        var failure = new Failure(
                null, why, "OPERATOR", "Delete the task in the console, or correct the row, then rerun.", null);
        var event = EventDraft.ofRow(row, EventKind.STAGE, row.stage().name(), "CLOSED", Outcome.REJECTED + ": " + why);
        return new LedgerWrite(
                known.withFailure(failure).closed(Outcome.REJECTED, why, clock.instant()),
                List.of(event),
                ours ? TaskProvisioner.settled(row, row.call(), CallState.ABSENT) : null);
    }
}
