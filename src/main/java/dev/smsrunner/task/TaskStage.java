package dev.smsrunner.task;

import dev.smsrunner.act.Actor;
import dev.smsrunner.act.Answer;
import dev.smsrunner.act.Change;
import dev.smsrunner.act.Refusals;
import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.Verdict;
import dev.smsrunner.ledger.Call;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Entry;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Owner;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.TaskState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that each row gets its one migration task. Nothing is created blindly: after a create without a clear answer,
 * and after a refusal because there is one already (SMS.7605), the tasks of the source are looked up first.
 */
public final class TaskStage {

    /** How often "there is a task already" is believed though none is to be seen. */
    private static final int MOST_DUPLICATE_ANSWERS = 3;

    private static final Duration LIST_LAG = Duration.ofSeconds(15);

    private final SmsApi sms;
    private final Actor actor;
    private final Ledger ledger;
    private final Owner owner;
    private final Specs specs;
    private final Refusals refusals;
    private final Clock clock;

    /** Works for the owner of a run. */
    public TaskStage(SmsApi sms, Actor actor, Ledger ledger, Owner owner, Specs specs, Refusals refusals, Clock clock) {
        this.sms = sms;
        this.actor = actor;
        this.ledger = ledger;
        this.owner = owner;
        this.specs = specs;
        this.refusals = refusals;
        this.clock = clock;
    }

    /**
     * Creates, updates or adopts the tasks of the rows, which are all planned, have a source, and have no call that is still
     * within its grace.
     *
     * @return the rows as they are now
     */
    public List<Migration> prepare(List<? extends Migration> rows) {
        var changes = new ArrayList<Change>();
        var settled = new ArrayList<Entry>();
        for (var row : rows) {
            try {
                prepare(row, changes, settled);
            } catch (ApiException unread) {
                if (unread.verdict() == Verdict.DENIED) {
                    throw unread;
                }
                settled.add(Entry.of(row.notBefore(clock.instant().plus(LIST_LAG), unread.getMessage()), List.of()));
            }
        }
        ledger.write(owner, settled);
        var now = new ArrayList<>(settled.stream().map(Entry::row).toList());
        now.addAll(actor.perform(changes));
        return now;
    }

    /** Records that the task of a lost create was seen: it is the row's own. */
    public static Entry adopted(Migration row, String taskId, Instant now) {
        var call = row.call();
        boolean ours = call != null && call.undecided(Operation.CREATE);
        var known = ours ? row.withCall(call.now(CallState.SEEN, call.at())) : row;
        var event = EventDraft.ofRow(
                row,
                EventKind.STAGE,
                row.stage().name(),
                "TASK_READY",
                (ours
                                ? "the create without an answer was carried out: task "
                                : "adopted the task that the source has already: ")
                        + taskId);
        return new Entry(
                known.withTask(taskId, now).withAttention(null),
                List.of(event),
                ours ? settled(row, call, CallState.SEEN) : null);
    }

    private void prepare(Migration row, List<Change> changes, List<Entry> settled) {
        if (row.taskId() != null) {
            var task = shown(row.taskId());
            if (task.isPresent()) {
                use(row, task.get(), changes, settled);
                return;
            }
        }
        var there = row.call() == null ? Optional.<String>empty() : alive(row);
        if (there.isPresent()) {
            settled.add(adopted(row, there.get(), clock.instant()));
        } else {
            changes.add(create(knownAbsent(row, settled)));
        }
    }

    /** Before a create is sent again, it is on record that the one before was not carried out. */
    private static Migration knownAbsent(Migration row, List<Entry> settled) {
        var call = row.call();
        if (call == null || !call.state().undecided()) {
            return row;
        }
        var known = row.withCall(call.now(CallState.ABSENT, call.at()));
        settled.add(new Entry(known, List.of(), settled(row, call, CallState.ABSENT)));
        return known;
    }

    /** A task that was there before: brought up to date while it is idle, left alone while it works. */
    private void use(Migration row, MigrationTask task, List<Change> changes, List<Entry> settled) {
        var state = task.taskState();
        var update = state.isStartable() ? specs.of(row).update(task) : Optional.<dev.smsrunner.sms.UpdateTask>empty();
        if (update.isPresent()) {
            var id = Objects.requireNonNull(task.id());
            changes.add(new Change(
                    row,
                    Operation.UPDATE,
                    id,
                    () -> {
                        sms.updateTask(id, update.get());
                        return null;
                    },
                    (then, answer) -> updated(then, id, answer)));
        } else if (state == TaskState.UNKNOWN) {
            settled.add(Entry.of(
                    row.notBefore(clock.instant().plus(LIST_LAG), "unknown task state " + task.state()), List.of()));
        } else {
            settled.add(adopted(row, Objects.requireNonNull(task.id()), clock.instant()));
        }
    }

    private Change.Consequence updated(Migration row, String taskId, Answer answer) {
        if (answer.state() != CallState.DONE) {
            return refusals.meaning(row, answer, clock.instant());
        }
        return ready(row, taskId, "updated the task that the source has already: ");
    }

    private Change create(Migration row) {
        var body = specs.of(row).create();
        return new Change(
                row,
                Operation.CREATE,
                Objects.requireNonNull(row.sourceId()),
                () -> sms.createTask(body),
                this::created);
    }

    private Change.Consequence created(Migration row, Answer answer) {
        if (answer.state() == CallState.DONE) {
            return ready(row, Objects.requireNonNull(answer.result()), "created ");
        }
        int tries = row.call() == null ? 1 : row.call().attempt();
        if (duplicate(answer) && tries < MOST_DUPLICATE_ANSWERS) {
            return new Change.Consequence(
                    row.notBefore(
                            clock.instant().plus(LIST_LAG), "SMS says that there is a task already; looking for it"),
                    List.of());
        }
        return refusals.meaning(row, answer, clock.instant());
    }

    private Change.Consequence ready(Migration row, String taskId, String how) {
        var event = EventDraft.ofRow(row, EventKind.STAGE, row.stage().name(), "TASK_READY", how + taskId);
        return new Change.Consequence(row.withTask(taskId, clock.instant()).withFailure(null), List.of(event));
    }

    private static boolean duplicate(Answer answer) {
        return answer.failure() != null && "SMS.7605".equals(answer.failure().errorCode());
    }

    private Optional<MigrationTask> shown(String taskId) {
        try {
            return Optional.of(sms.showTask(taskId));
        } catch (ApiException failure) {
            if (gone(failure)) {
                return Optional.empty();
            }
            throw failure;
        }
    }

    /** Whether the service says that there is no such task (SMS.7703), rather than that it cannot tell. */
    public static boolean gone(ApiException failure) {
        return failure.verdict() == Verdict.REFUSED
                && ("SMS.7703".equals(failure.errorCode()) || failure.httpStatus() == 404);
    }

    private Optional<String> alive(Migration row) {
        return sms.listTasks(row.sourceId(), 0, SmsApi.PAGE).tasks().stream()
                .filter(task -> isOf(row, task))
                .filter(task -> !task.taskState().isSuccess() && task.taskState() != TaskState.DELETING)
                .map(MigrationTask::id)
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static boolean isOf(Migration row, MigrationTask task) {
        var source = Objects.requireNonNull(row.sourceId());
        return source.equals(task.sourceServerId())
                || TaskName.of(row.serverName(), source).equals(task.name());
    }

    /** The intent of a call about which an observation told; null when the call was not undecided. */
    public static @Nullable Intent settled(Migration row, @Nullable Call call, CallState known) {
        if (call == null || !call.state().undecided()) {
            return null;
        }
        return new Intent(
                row.row(),
                call.operation(),
                call.attempt(),
                known,
                String.valueOf(row.sourceId()),
                call.at(),
                null,
                0,
                null,
                null,
                null);
    }
}
