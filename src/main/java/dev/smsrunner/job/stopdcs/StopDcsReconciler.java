package dev.smsrunner.job.stopdcs;

import dev.smsrunner.cloud.ApiError;
import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.dcs.DcsApi;
import dev.smsrunner.dcs.StopResult;
import dev.smsrunner.intent.Batch;
import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.CallResult;
import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.DesiredRows;
import dev.smsrunner.reconcile.JobReconciler;
import dev.smsrunner.reconcile.PassActions;
import dev.smsrunner.reconcile.PendingAction;
import dev.smsrunner.support.Backoff;
import java.time.Clock;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Reconciler of the job {@code stop-dcs}: one call stops many tasks of one project; each has its own intent and result. */
final class StopDcsReconciler implements JobReconciler<DcsObservation> {

    private final DcsApi dcs;
    private final FullMigrationCheck fullMigration;
    private final DesiredRows desiredRows;
    private final int maxTasksPerCall;
    private final int retries;
    private final StopDecision decision;
    private final Backoff backoff;
    private final CallFailurePolicy failurePolicy;
    private final Clock clock;
    private final Set<Integer> stoppedAlone = new HashSet<>();
    private final Map<Integer, Integer> failedItems = new HashMap<>();
    private ProjectTasks projects;

    /**
     * Reconciler of the rows of a run.
     *
     * @param maxTasksPerCall maximum number of tasks per call
     * @param retries maximum number of repetitions for a task whose stop was not dispatched
     * @param backoff delay before a repetition
     * @param earlier calls of the run so far, which count
     */
    StopDcsReconciler(
            DcsApi dcs,
            DesiredRows desiredRows,
            int maxTasksPerCall,
            FullMigrationCheck fullMigration,
            int retries,
            DecisionPolicy policy,
            Backoff backoff,
            List<Intent> earlier,
            Clock clock) {
        this.dcs = dcs;
        this.desiredRows = desiredRows;
        this.maxTasksPerCall = maxTasksPerCall;
        this.fullMigration = fullMigration;
        this.retries = retries;
        this.decision = new StopDecision(policy, fullMigration.allowsStop());
        this.backoff = backoff;
        this.failurePolicy = new CallFailurePolicy(backoff);
        this.clock = clock;
        this.projects = new ProjectTasks(dcs, clock.instant());
        earlier.stream()
                .filter(call -> call.state() == CallState.REFUSED && call.httpStatus() == 200)
                .forEach(call -> failedItems.merge(call.row(), 1, Integer::sum));
    }

    @Override
    public Function<LedgerRow, DcsObservation> observe(List<LedgerRow> open, Instant now) {
        projects = new ProjectTasks(dcs, now);
        return row -> projects.findListed(project(row), Objects.requireNonNull(row.taskId()));
    }

    @Override
    public CallState callState(LedgerRow row, DcsObservation observed) {
        return decision.callState(row, observed);
    }

    @Override
    public Decision decide(LedgerRow row, DcsObservation observed, Instant now) {
        var shown = observed;
        var result = decision.decide(row, shown, now);
        if (result instanceof Decision.Confirm) {
            shown = projects.observeAlone(project(row), Objects.requireNonNull(row.taskId()));
            result = decision.decide(row, shown, now);
        }
        if (result instanceof Decision.Send && !fullMigration.allowsStop()) {
            result = fullMigration
                    .findProblem(project(row), Objects.requireNonNull(row.taskId()), shown)
                    .<Decision>map(StopDecision::rejectFullMigration)
                    .orElse(result);
        }
        return isExhausted(row) && result instanceof Decision.Send ? giveUp(row) : result;
    }

    private boolean isExhausted(LedgerRow row) {
        return failedItems.getOrDefault(row.row(), 0) > retries && row.failure() != null;
    }

    /** Gives up after an observation, since a task whose stop failed may have ended by itself. */
    private static Decision giveUp(LedgerRow row) {
        return Decision.Finish.failed(Objects.requireNonNull(row.failure()));
    }

    @Override
    public boolean act(List<PendingAction> pending, PassActions actions) {
        return actions.performSomeBatches(Batch.of(
                actions.rows(pending),
                this::project,
                row -> stoppedAlone.contains(row.row()),
                maxTasksPerCall,
                this::batch));
    }

    @Override
    public CallFailurePolicy failurePolicy() {
        return failurePolicy;
    }

    @Override
    public void onRetry(int row) {
        failedItems.remove(row);
        stoppedAlone.remove(row);
    }

    private Batch batch(String project, List<LedgerRow> rows) {
        var ids = rows.stream().map(row -> Objects.requireNonNull(row.taskId())).toList();
        var changes = rows.stream().map(row -> call(project, row, ids.size())).toList();
        return new Batch(changes, deadline -> results(ids, dcs.until(deadline).stopTasks(project, ids)));
    }

    private MutatingCall call(String project, LedgerRow row, int together) {
        var id = Objects.requireNonNull(row.taskId());
        return new MutatingCall(
                row,
                Operation.STOP,
                id,
                MutatingCall.RemoteCall.of(deadline -> dcs.until(deadline).stopTasks(project, List.of(id))),
                (then, answer) -> effectOf(then, answer, together));
    }

    /**
     * Results in the order of the tasks. A task with no result, or with two different ones, is observed before its next
     * stop.
     */
    private static List<CallResult> results(List<String> ids, List<StopResult> results) {
        return ids.stream()
                .map(id -> resultOf(results.stream()
                        .filter(result -> result.taskId().equalsIgnoreCase(id))
                        .toList()))
                .toList();
    }

    private static CallResult resultOf(List<StopResult> ofTask) {
        if (ofTask.isEmpty()) {
            return new CallResult(CallState.UNKNOWN, null, null, "the answer does not name the task");
        }
        var first = ofTask.get(0);
        return ofTask.stream().allMatch(result -> result.isDispatched() == first.isDispatched())
                ? resultOf(first)
                : new CallResult(CallState.UNKNOWN, null, null, "the answer names the task twice, with two results");
    }

    private static CallResult resultOf(StopResult result) {
        if (result.isDispatched()) {
            return new CallResult(CallState.DONE, null, null, null);
        }
        if (!result.isFailed()) {
            return new CallResult(CallState.UNKNOWN, null, null, "the result is '%s'".formatted(result.result()));
        }
        var message = Objects.requireNonNullElse(result.errorMessage(), "result failed, no reason given");
        var failure = new ApiException(
                CallFailureKind.REFUSED,
                "BatchStopMigrationTasks",
                200,
                new ApiError(result.errorCode(), message, null, List.of(), null));
        return new CallResult(CallState.REFUSED, null, failure, message);
    }

    private MutatingCall.RowEffect effectOf(LedgerRow row, CallResult answer, int together) {
        var now = clock.instant();
        var failure = answer.failure();
        if (answer.state() == CallState.DONE) {
            return MutatingCall.RowEffect.started(row, now);
        }
        if (answer.state() == CallState.UNKNOWN && failure != null && failure.httpStatus() >= 500) {
            return MutatingCall.RowEffect.of(row.withFailure(StopRefusal.failureOf(failure)));
        }
        if (answer.state() != CallState.REFUSED || failure == null) {
            return failurePolicy.effectOf(row, answer, now);
        }
        if (failure.httpStatus() == 200) {
            int failed = failedItems.merge(row.row(), 1, Integer::sum);
            return retry(row.withFailure(StopRefusal.failureOf(failure)), failed, now);
        }
        if (StopRefusal.isDeleted(failure) && together == 1) {
            return postpone(row, now, "DCS reports that the task is gone; checking once more");
        }
        if (together > 1 && failure.httpStatus() != 403) {
            stoppedAlone.add(row.row()); // one bad id fails the whole batch, so the ids are retried one at a time
            return postpone(
                    row,
                    now,
                    "the stop of %d tasks at once was refused: %s".formatted(together, failure.errorMessage()));
        }
        return CallFailurePolicy.giveUp(row, StopRefusal.failureOf(failure), now);
    }

    private MutatingCall.RowEffect retry(LedgerRow row, int failed, Instant now) {
        var wait = failed > retries ? now : now.plus(backoff.delay(failed));
        return postpone(
                row,
                wait,
                "refused for now: " + Objects.requireNonNull(row.failure()).text());
    }

    private static MutatingCall.RowEffect postpone(LedgerRow row, Instant when, String why) {
        return MutatingCall.RowEffect.of(row.notBefore(when, why));
    }

    private String project(LedgerRow row) {
        return StopDcsExaminer.project(desiredRows.of(row));
    }
}
