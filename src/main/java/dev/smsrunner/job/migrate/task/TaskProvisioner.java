package dev.smsrunner.job.migrate.task;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.cutover.StartQueue;
import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.CallResult;
import dev.smsrunner.intent.IntentExecutor;
import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.job.TaskStage;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.ledger.Stage;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Ensures that each row has exactly one migration task. After a create without a clear answer, or after SMS.7605 (a task exists),
 * it looks up the tasks of the source before another create.
 */
public final class TaskProvisioner implements TaskStage {

    /** Maximum number of SMS.7605 answers (a task exists) without a visible task. The lists may lag by minutes. */
    private static final int MAX_DUPLICATE_ANSWERS = 9;

    /**
     * Number of rows that are queried together. Their results are written before the next rows, so a kill costs no more than
     * these.
     */
    private static final int CHUNK = 8;

    /** Maximum number of incomplete task lists per row: about five minutes at intervals of {@link TaskLookup#LAG}. */
    private static final int MAX_INCOMPLETE_LISTS = 20;

    private final SmsApi sms;
    private final IntentExecutor executor;
    private final Ledger ledger;
    private final FencedRun owner;
    private final TaskSpecFactory specs;
    private final CallFailurePolicy failurePolicy;
    private final Clock clock;
    private final SourceCache sources;
    private final TaskLookup tasks;
    private final ExistingTasks existingTasks;
    private final CreatedTasks createdTasks;
    private final Map<Integer, Integer> incompleteLists = new HashMap<>();

    /** Creates the provisioner of a run. */
    public TaskProvisioner(
            SmsApi sms,
            IntentExecutor executor,
            Ledger ledger,
            FencedRun owner,
            TaskSpecFactory specs,
            CallFailurePolicy failurePolicy,
            Clock clock) {
        this.sms = sms;
        this.executor = executor;
        this.ledger = ledger;
        this.owner = owner;
        this.specs = specs;
        this.failurePolicy = failurePolicy;
        this.clock = clock;
        this.sources = new SourceCache(sms, clock);
        this.tasks = new TaskLookup(sms);
        this.createdTasks = new CreatedTasks(ledger);
        this.existingTasks = new ExistingTasks(sms, specs, failurePolicy, tasks, clock);
    }

    /** Resets the failure counts of a row that an operator retries. */
    public void forget(int row) {
        failurePolicy.forget(row);
        incompleteLists.remove(row);
    }

    /** Compares the target of the row with its task as the source shows it. */
    public TargetComparison compare(LedgerRow row, CurrentTask task) {
        return createdTasks.compare(row, specs.target(row), task);
    }

    /**
     * Difference between the target address in the row and in ShowTask. Queried only for a task onto an existing server that this
     * run neither created nor updated. Empty if the call fails.
     */
    public Optional<TargetDifference> addressDifference(LedgerRow row) {
        var target = specs.target(row);
        if (target.address().isEmpty() || createdTasks.hasCreateRecorded(row) || createdTasks.hasUpdateRecorded(row)) {
            return Optional.empty();
        }
        try {
            return target.address(
                    sms.showTask(Objects.requireNonNull(row.taskId())).migrationIp());
        } catch (ApiException ex) {
            if (ex.kind() == CallFailureKind.DENIED) {
                throw ex;
            }
            return Optional.empty();
        }
    }

    /** Rows get their tasks in the order in which their copies start. */
    @Override
    public Comparator<LedgerRow> order() {
        return StartQueue.TURN;
    }

    /** Records that another component just read and evaluated the sources. */
    @Override
    public void markSourcesFresh() {
        sources.markFresh();
    }

    /**
     * Warning that the task of the row, which is older than the run, may launch its target by itself, against the launch rules.
     * Empty when it does not matter.
     */
    public Optional<String> launchWarning(LedgerRow row) {
        return specs.launchWarning(row);
    }

    /** Numbers of the rows of a run that request a comparison of source and target. */
    public Set<Integer> rowsToCompare(String runId) {
        return specs.rowsToCompare(runId);
    }

    /**
     * Creates, updates or adopts the tasks of the rows. All rows are planned, have a source, and have no call within its grace
     * period. Rows that need many queries do not delay the others.
     *
     * @return the current rows
     */
    @Override
    public List<LedgerRow> prepare(List<? extends LedgerRow> rows) {
        if (rows.stream().anyMatch(TaskProvisioner::hasNoTaskYet)) {
            sources.refresh();
        }
        var current = new ArrayList<>(
                applyToEach(rows.stream().filter(TaskProvisioner::hasNoTaskYet).toList(), this::prepare));
        current.addAll(inChunks(rows.stream().filter(row -> !hasNoTaskYet(row)).toList(), this::prepare));
        return readBack(current);
    }

    /**
     * Adopts the tasks observed at the sources of planned rows: from a create whose answer was lost, or from another user.
     *
     * @param taskIds ids of the tasks by row number, one for each row
     * @return the current rows
     */
    public List<LedgerRow> adopt(List<LedgerRow> rows, Map<Integer, String> taskIds) {
        return readBack(inChunks(
                rows,
                (row, changes, writes) -> tasks.show(Objects.requireNonNull(taskIds.get(row.row())))
                        .ifPresent(task -> take(row, task, changes, writes))));
    }

    /** Reads back the tasks that were just updated. An update that is not visible yet is checked again later. */
    private List<LedgerRow> readBack(List<LedgerRow> rows) {
        var updated = rows.stream().filter(ExistingTasks::needsReadBack).toList();
        var current = new ArrayList<>(
                rows.stream().filter(row -> !ExistingTasks.needsReadBack(row)).toList());
        current.addAll(inChunks(updated, this::prepare));
        return current;
    }

    private List<LedgerRow> inChunks(List<? extends LedgerRow> rows, RowStep step) {
        var current = new ArrayList<LedgerRow>();
        for (int from = 0; from < rows.size(); from += CHUNK) {
            current.addAll(applyToEach(rows.subList(from, Math.min(rows.size(), from + CHUNK)), step));
        }
        return current;
    }

    private List<LedgerRow> applyToEach(List<? extends LedgerRow> rows, RowStep step) {
        var changes = new ArrayList<MutatingCall>();
        var writes = new ArrayList<LedgerWrite>();
        for (var row : rows) {
            apply(row, step, changes, writes);
        }
        ledger.write(owner, writes);
        var current = new ArrayList<>(writes.stream().map(LedgerWrite::row).toList());
        current.addAll(executor.perform(changes));
        return current;
    }

    private void apply(LedgerRow row, RowStep step, List<MutatingCall> changes, List<LedgerWrite> writes) {
        try {
            step.apply(row, changes, writes);
        } catch (ApiException ex) {
            if (ex.kind() == CallFailureKind.DENIED) {
                throw ex;
            }
            boolean listIncomplete = ex.httpStatus() == 200 && "ListTasks".equals(ex.operation());
            boolean exhausted =
                    listIncomplete && incompleteLists.merge(row.row(), 1, Integer::sum) >= MAX_INCOMPLETE_LISTS;
            writes.add(exhausted ? giveUp(row, ex) : postpone(row, ex.getMessage()));
        }
    }

    /** Closes a row whose source may have an unknown task. The runner must not create another one. */
    private LedgerWrite giveUp(LedgerRow row, ApiException unknown) {
        var text = "cannot determine whether its source has a task: " + unknown.errorMessage();
        var failure = Failure.of(text, "OPERATOR", "Check the source in the console, then rerun.");
        var closed = CallFailurePolicy.giveUp(row, failure, clock.instant());
        return LedgerWrite.of(closed.row(), closed.events());
    }

    private LedgerWrite adoptCreated(LedgerRow row, String taskId, Instant now) {
        var create = undecidedCreate(row);
        var resolved = create == null ? row : row.withCall(create.withState(CallState.SEEN, create.at()));
        var event = EventDraft.ofStage(
                row,
                Stage.TASK_READY,
                (create == null
                                ? "adopted the existing task of the source: "
                                : "SMS executed the create that got no answer: task ")
                        + taskId);
        return new LedgerWrite(
                resolved.withTask(taskId, now).withAttention(null),
                List.of(event),
                Intent.resolved(row, create, CallState.SEEN));
    }

    private void prepare(LedgerRow row, List<MutatingCall> changes, List<LedgerWrite> writes) {
        if (row.taskId() != null) {
            var task = tasks.show(row.taskId());
            if (task.isPresent()) {
                existingTasks.use(row, task.get(), changes, writes);
                return;
            }
        }
        var liveTask = row.call() == null ? Optional.<MigrationTask>empty() : tasks.findLiveTask(row);
        if (liveTask.isPresent()) {
            take(row, liveTask.get(), changes, writes);
        } else {
            createOrAdopt(row, changes, writes);
        }
    }

    /** Handles a row without a known task. The source may show a task since preflight, or a state that forbids a new one. */
    private void createOrAdopt(LedgerRow row, List<MutatingCall> changes, List<LedgerWrite> writes) {
        var source = sources.find(row.sourceId());
        var current = source.map(SourceServer::currentTask);
        if (hasNoTaskYet(row)
                && current.isPresent()
                && current.get().id() != null
                && TaskLookup.isAlive(current.get().taskState())) {
            tasks.show(current.get().id()).ifPresent(task -> take(row, task, changes, writes));
        } else if (hasNoTaskYet(row) && sources.hasNewObservations() && !isReady(source)) {
            writes.add(postpone(row, "the source has changed since preflight; checking again"));
        } else {
            changes.add(create(recordAbsence(row, writes)));
        }
    }

    private static boolean isReady(Optional<SourceServer> source) {
        return source.isPresent()
                && !Boolean.FALSE.equals(source.get().connected())
                && source.get().copyState() != CopyState.UNKNOWN
                && source.get().copyState() != CopyState.UNAVAILABLE
                && !source.get().copyState().isLaunched()
                && source.get().cycle() != MigrationCycle.CUTOVERED;
    }

    /** Whether the row has had no call, and preflight found no task. */
    private static boolean hasNoTaskYet(LedgerRow row) {
        return row.call() == null && row.taskId() == null;
    }

    /** Adopts a task of our own create. Any other task is checked like a task that preflight found. */
    private void take(LedgerRow row, MigrationTask task, List<MutatingCall> changes, List<LedgerWrite> writes) {
        boolean fits = specs.conflictOf(row, task).isEmpty() && TaskLookup.isAlive(task.taskState());
        if (undecidedCreate(row) != null && fits) {
            writes.add(adoptCreated(row, Objects.requireNonNull(task.id()), clock.instant()));
        } else {
            existingTasks.use(recordLateCreate(row, task, writes), task, changes, writes);
        }
    }

    /** Corrects a create recorded as not executed whose task the service showed only after the grace period. */
    private LedgerRow recordLateCreate(LedgerRow row, MigrationTask task, List<LedgerWrite> writes) {
        if (undecidedCreate(row) != null
                || !TaskName.of(row.serverName(), Objects.requireNonNull(row.sourceId()))
                        .equals(task.name())) {
            return row;
        }
        if (ledger.findLastCall(row, Operation.CREATE, CallState.SEEN).isPresent()) {
            return row;
        }
        return ledger.findLastCall(row, Operation.CREATE, CallState.ABSENT)
                .map(lostCall -> {
                    var executed = lostCall.withExecutionFound(
                            "SMS executed it after all: its task %s exists now".formatted(task.id()));
                    var resolved = row.call() != null && row.call().attempt() == executed.attempt()
                            ? row.withCall(row.call()
                                    .withState(CallState.SEEN, row.call().at()))
                            : row;
                    writes.add(new LedgerWrite(resolved, List.of(EventDraft.ofCall(row, executed)), executed));
                    return resolved;
                })
                .orElse(row);
    }

    /** Create of the row that only an observation can resolve; null when there is none. */
    static @Nullable RowCall undecidedCreate(LedgerRow row) {
        var call = row.call();
        return call != null && call.isUndecided(Operation.CREATE) ? call : null;
    }

    /** Records that the previous create was not executed, before another one is sent. */
    private static LedgerRow recordAbsence(LedgerRow row, List<LedgerWrite> writes) {
        var call = row.call();
        if (call == null || !call.state().isUndecided()) {
            return row;
        }
        var resolved = row.withCall(call.withState(CallState.ABSENT, call.at()));
        writes.add(new LedgerWrite(resolved, List.of(), Intent.resolved(row, call, CallState.ABSENT)));
        return resolved;
    }

    private LedgerWrite postpone(LedgerRow row, String reason) {
        return LedgerWrite.of(row.notBefore(clock.instant().plus(TaskLookup.LAG), reason), List.of());
    }

    private MutatingCall create(LedgerRow row) {
        var body = specs.of(row).create();
        return new MutatingCall(
                row,
                Operation.CREATE,
                Objects.requireNonNull(row.sourceId()),
                deadline -> sms.until(deadline).createTask(body),
                this::afterCreate);
    }

    private MutatingCall.RowEffect afterCreate(LedgerRow row, CallResult result) {
        if (result.state() == CallState.DONE) {
            return markReady(row, Objects.requireNonNull(result.result()), "created ");
        }
        if (isDuplicate(result) && failurePolicy.countRefusal(row) < MAX_DUPLICATE_ANSWERS) {
            return MutatingCall.RowEffect.of(row.notBefore(
                    clock.instant().plus(TaskLookup.LAG), "SMS reports that a task already exists; searching for it"));
        }
        return failurePolicy.effectOf(row, result, clock.instant());
    }

    private MutatingCall.RowEffect markReady(LedgerRow row, String taskId, String how) {
        var event = EventDraft.ofStage(row, Stage.TASK_READY, how + taskId);
        return new MutatingCall.RowEffect(row.withTask(taskId, clock.instant()).withFailure(null), List.of(event));
    }

    private static boolean isDuplicate(CallResult answer) {
        return answer.failure() != null && "SMS.7605".equals(answer.failure().errorCode());
    }

    /** Step for one row. Adds the calls to send and the ledger writes. */
    private interface RowStep {
        void apply(LedgerRow row, List<MutatingCall> changes, List<LedgerWrite> writes);
    }
}
