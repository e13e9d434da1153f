package dev.smsrunner.task;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.CallResult;
import dev.smsrunner.intent.IntentExecutor;
import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.sms.CopyState;
import dev.smsrunner.sms.CurrentTask;
import dev.smsrunner.sms.MigrationCycle;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.SourceServer;
import dev.smsrunner.target.TargetComparison;
import dev.smsrunner.target.TargetDifference;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that each row gets its one migration task. Nothing is created blindly: after a create without a clear answer,
 * and after a refusal because there is one already (SMS.7605), the tasks of the source are looked up first.
 */
public final class TaskProvisioner {

    /** How often "there is a task already" is believed though none is to be seen: the lists may lag by minutes. */
    private static final int MOST_DUPLICATE_ANSWERS = 9;

    /** What was found out about so many rows is kept and acted on before the next are asked about: a kill costs no more than that. */
    private static final int ASKED_TOGETHER = 8;

    /** Maximum number of looks at an incomplete list of tasks; with {@link TaskLookup#LAG} between them about five minutes. */
    private static final int MOST_UNCLEAR = 20;

    private final SmsApi sms;
    private final IntentExecutor actor;
    private final Ledger ledger;
    private final FencedRun owner;
    private final TaskSpecFactory specs;
    private final CallFailurePolicy refusals;
    private final Clock clock;
    private final SourceCache look;
    private final TaskLookup tasks;
    private final ExistingTasks existing;
    private final CreatedTasks created;
    private final Map<Integer, Integer> unclear = new HashMap<>();

    /** Works for the owner of a run. */
    public TaskProvisioner(
            SmsApi sms,
            IntentExecutor actor,
            Ledger ledger,
            FencedRun owner,
            TaskSpecFactory specs,
            CallFailurePolicy refusals,
            Clock clock) {
        this.sms = sms;
        this.actor = actor;
        this.ledger = ledger;
        this.owner = owner;
        this.specs = specs;
        this.refusals = refusals;
        this.clock = clock;
        this.look = new SourceCache(sms, clock);
        this.tasks = new TaskLookup(sms);
        this.created = new CreatedTasks(ledger);
        this.existing = new ExistingTasks(sms, specs, refusals, tasks, clock);
    }

    /** An operator wants the row to be tried again: its refusals so far do not count. */
    public void forget(int row) {
        refusals.forget(row);
        unclear.remove(row);
    }

    /** The target that the row demands, compared with the row's task as its source shows it. */
    public TargetComparison compare(LedgerRow row, CurrentTask task) {
        return created.compare(row, specs.target(row), task);
    }

    /**
     * How the address at which the target is reached differs from that of the row, as ShowTask tells it. Asked only of a task
     * onto an existing server that this run neither created nor updated; a call that fails tells nothing.
     */
    public Optional<TargetDifference> address(LedgerRow row) {
        var wanted = specs.target(row);
        if (wanted.address().isEmpty() || created.isRecorded(row) || created.isUpdated(row)) {
            return Optional.empty();
        }
        try {
            return wanted.address(
                    sms.showTask(Objects.requireNonNull(row.taskId())).migrationIp());
        } catch (ApiException ex) {
            if (ex.kind() == CallFailureKind.DENIED) {
                throw ex;
            }
            return Optional.empty();
        }
    }

    /** The sources were looked at just now, and what was to be seen of the rows has been judged. */
    public void looked() {
        look.looked();
    }

    /**
     * What the operator must know of the task of the row, which was there before the run: it may launch its target by itself,
     * against what the launch waits for now. Empty when it does not matter.
     */
    public Optional<String> launchWarning(LedgerRow row) {
        return specs.unshown(row);
    }

    /** Numbers of the rows of a run that ask for a comparison of source and target. */
    public Set<Integer> comparing(String runId) {
        return specs.comparing(runId);
    }

    /**
     * Creates, updates or adopts the tasks of the rows, which are all planned, have a source, and have no call that is still
     * within its grace. Those of which much is to be asked before do not hold up the others.
     *
     * @return the rows as they are now
     */
    public List<LedgerRow> prepare(List<? extends LedgerRow> rows) {
        if (rows.stream().anyMatch(TaskProvisioner::neverAsked)) {
            look.refresh();
        }
        var now = new ArrayList<>(
                each(rows.stream().filter(TaskProvisioner::neverAsked).toList(), this::prepare));
        now.addAll(inParts(rows.stream().filter(row -> !neverAsked(row)).toList(), this::prepare));
        return readBack(now);
    }

    /**
     * Takes the tasks that the sources of planned rows were seen to have: that of a create whose answer was lost, or one that
     * somebody made meanwhile.
     *
     * @param seen ids of the tasks by row number
     * @return the rows as they are now
     */
    public List<LedgerRow> adopt(List<LedgerRow> rows, Map<Integer, String> seen) {
        return readBack(inParts(
                rows,
                (row, changes, settled) ->
                        tasks.shown(seen.get(row.row())).ifPresent(task -> take(row, task, changes, settled))));
    }

    /** Tasks that were updated just now are read back at once; what still does not show then is looked at later. */
    private List<LedgerRow> readBack(List<LedgerRow> rows) {
        var sent = rows.stream().filter(ExistingTasks::toReadBack).toList();
        var now = new ArrayList<>(
                rows.stream().filter(row -> !ExistingTasks.toReadBack(row)).toList());
        now.addAll(inParts(sent, this::prepare));
        return now;
    }

    private List<LedgerRow> inParts(List<? extends LedgerRow> rows, OneRow work) {
        var now = new ArrayList<LedgerRow>();
        for (int from = 0; from < rows.size(); from += ASKED_TOGETHER) {
            now.addAll(each(rows.subList(from, Math.min(rows.size(), from + ASKED_TOGETHER)), work));
        }
        return now;
    }

    private List<LedgerRow> each(List<? extends LedgerRow> rows, OneRow work) {
        var changes = new ArrayList<MutatingCall>();
        var settled = new ArrayList<LedgerWrite>();
        for (var row : rows) {
            judged(row, work, changes, settled);
        }
        ledger.write(owner, settled);
        var now = new ArrayList<>(settled.stream().map(LedgerWrite::row).toList());
        now.addAll(actor.perform(changes));
        return now;
    }

    private void judged(LedgerRow row, OneRow work, List<MutatingCall> changes, List<LedgerWrite> settled) {
        try {
            work.accept(row, changes, settled);
        } catch (ApiException ex) {
            if (ex.kind() == CallFailureKind.DENIED) {
                throw ex;
            }
            boolean listLies = ex.httpStatus() == 200 && "ListTasks".equals(ex.operation());
            boolean often = listLies && unclear.merge(row.row(), 1, Integer::sum) >= MOST_UNCLEAR;
            settled.add(often ? givenUp(row, ex) : later(row, ex.getMessage()));
        }
    }

    /** Whether the source has a task stays unknown, so that none may be created. */
    private LedgerWrite givenUp(LedgerRow row, ApiException unread) {
        var text = "whether its source has a task could not be found out: " + unread.errorMessage();
        var failure = new Failure(null, text, "OPERATOR", "Look at the source in the console, then rerun.", null);
        var closed = CallFailurePolicy.givenUp(row, failure, clock.instant());
        return LedgerWrite.of(closed.row(), closed.events());
    }

    private LedgerWrite adopted(LedgerRow row, String taskId, Instant now) {
        var call = row.call();
        boolean ours = ours(row);
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
        return new LedgerWrite(
                known.withTask(taskId, now).withAttention(null),
                List.of(event),
                ours ? settled(row, call, CallState.SEEN) : null);
    }

    private void prepare(LedgerRow row, List<MutatingCall> changes, List<LedgerWrite> settled) {
        if (row.taskId() != null) {
            var task = tasks.shown(row.taskId());
            if (task.isPresent()) {
                existing.use(row, task.get(), changes, settled);
                return;
            }
        }
        var there = row.call() == null ? Optional.<MigrationTask>empty() : tasks.alive(row);
        if (there.isPresent()) {
            take(row, there.get(), changes, settled);
        } else {
            prepareAnew(row, changes, settled);
        }
    }

    /** No task is known: what was seen of the source since preflight may still tell of one, or speak against a new one. */
    private void prepareAnew(LedgerRow row, List<MutatingCall> changes, List<LedgerWrite> settled) {
        var source = look.of(row.sourceId());
        var current = source.map(SourceServer::currentTask);
        if (neverAsked(row)
                && current.isPresent()
                && current.get().id() != null
                && TaskLookup.alive(current.get().taskState())) {
            tasks.shown(current.get().id()).ifPresent(task -> take(row, task, changes, settled));
        } else if (neverAsked(row) && look.tells() && !ready(source)) {
            settled.add(later(row, "the source has changed since preflight; looking again"));
        } else {
            changes.add(create(knownAbsent(row, settled)));
        }
    }

    private static boolean ready(Optional<SourceServer> source) {
        return source.isPresent()
                && !Boolean.FALSE.equals(source.get().connected())
                && source.get().copyState() != CopyState.UNKNOWN
                && source.get().copyState() != CopyState.UNAVAILABLE
                && !source.get().copyState().isLaunched()
                && source.get().cycle() != MigrationCycle.CUTOVERED;
    }

    /** Nothing was asked of the service for the row, and preflight saw no task. */
    private static boolean neverAsked(LedgerRow row) {
        return row.call() == null && row.taskId() == null;
    }

    /** The task that a create of ours left, or one of somebody else, which is checked like one that preflight found. */
    private void take(LedgerRow row, MigrationTask task, List<MutatingCall> changes, List<LedgerWrite> settled) {
        boolean fits = specs.against(row, task).isEmpty() && TaskLookup.alive(task.taskState());
        if (ours(row) && fits) {
            settled.add(adopted(row, Objects.requireNonNull(task.id()), clock.instant()));
        } else {
            existing.use(surfaced(row, task, settled), task, changes, settled);
        }
    }

    /** The service hid the task longer than the grace: a create that counts as not carried out was carried out after all. */
    private LedgerRow surfaced(LedgerRow row, MigrationTask task, List<LedgerWrite> settled) {
        if (ours(row)
                || !TaskName.of(row.serverName(), Objects.requireNonNull(row.sourceId()))
                        .equals(task.name())) {
            return row;
        }
        if (ledger.lastCall(row, Operation.CREATE, CallState.SEEN).isPresent()) {
            return row;
        }
        return ledger.lastCall(row, Operation.CREATE, CallState.ABSENT)
                .map(lost -> {
                    var seen = lost.seen("carried out after all: its task %s is there now".formatted(task.id()));
                    var known = row.call() != null && row.call().attempt() == seen.attempt()
                            ? row.withCall(
                                    row.call().now(CallState.SEEN, row.call().at()))
                            : row;
                    settled.add(new LedgerWrite(known, List.of(EventDraft.ofCall(row, seen)), seen));
                    return known;
                })
                .orElse(row);
    }

    private static boolean ours(LedgerRow row) {
        return row.call() != null && row.call().undecided(Operation.CREATE);
    }

    /** Before a create is sent again, it is on record that the one before was not carried out. */
    private static LedgerRow knownAbsent(LedgerRow row, List<LedgerWrite> settled) {
        var call = row.call();
        if (call == null || !call.state().undecided()) {
            return row;
        }
        var known = row.withCall(call.now(CallState.ABSENT, call.at()));
        settled.add(new LedgerWrite(known, List.of(), settled(row, call, CallState.ABSENT)));
        return known;
    }

    private LedgerWrite later(LedgerRow row, String why) {
        return LedgerWrite.of(row.notBefore(clock.instant().plus(TaskLookup.LAG), why), List.of());
    }

    private MutatingCall create(LedgerRow row) {
        var body = specs.of(row).create();
        return new MutatingCall(
                row,
                Operation.CREATE,
                Objects.requireNonNull(row.sourceId()),
                () -> sms.createTask(body),
                this::created);
    }

    private MutatingCall.Consequence created(LedgerRow row, CallResult answer) {
        if (answer.state() == CallState.DONE) {
            return ready(row, Objects.requireNonNull(answer.result()), "created ");
        }
        if (duplicate(answer) && refusals.refused(row) < MOST_DUPLICATE_ANSWERS) {
            return new MutatingCall.Consequence(
                    row.notBefore(
                            clock.instant().plus(TaskLookup.LAG),
                            "SMS says that there is a task already; looking for it"),
                    List.of());
        }
        return refusals.meaning(row, answer, clock.instant());
    }

    private MutatingCall.Consequence ready(LedgerRow row, String taskId, String how) {
        var event = EventDraft.ofRow(row, EventKind.STAGE, row.stage().name(), "TASK_READY", how + taskId);
        return new MutatingCall.Consequence(
                row.withTask(taskId, clock.instant()).withFailure(null), List.of(event));
    }

    private static boolean duplicate(CallResult answer) {
        return answer.failure() != null && "SMS.7605".equals(answer.failure().errorCode());
    }

    /** What is to be done for one row: changes to make, entries to write. */
    private interface OneRow {
        void accept(LedgerRow row, List<MutatingCall> changes, List<LedgerWrite> settled);
    }

    /** The intent of a call about which an observation told; null when the call was not undecided. */
    public static @Nullable Intent settled(LedgerRow row, @Nullable RowCall call, CallState known) {
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
