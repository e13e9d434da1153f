package dev.smsrunner.job.delete;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.cutover.StartQueue;
import dev.smsrunner.intent.Batch;
import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.CallResult;
import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.JobReconciler;
import dev.smsrunner.reconcile.PassActions;
import dev.smsrunner.reconcile.PendingAction;
import dev.smsrunner.sms.Absence;
import dev.smsrunner.sms.SmsApi;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/**
 * Reconciler of the job {@code delete}: one call deletes up to 50 tasks or sources; each has its own intent. No page states what
 * a refused call has done, so its ids are observed, then deleted one at a time.
 */
final class DeleteReconciler implements JobReconciler<DeleteObservation> {

    private final SmsApi sms;
    private final DeleteDecision decision;
    private final DeleteObserver observer;
    private final CallFailurePolicy failurePolicy;
    private final Clock clock;
    private final BatchRefusals batchRefusals = new BatchRefusals();
    private final Map<Integer, Operation> nextOperations = new HashMap<>();

    DeleteReconciler(SmsApi sms, DeleteDecision decision, CallFailurePolicy failurePolicy, Clock clock) {
        this.sms = sms;
        this.decision = decision;
        this.observer = new DeleteObserver(sms);
        this.failurePolicy = failurePolicy;
        this.clock = clock;
    }

    @Override
    public Function<LedgerRow, DeleteObservation> observe(List<LedgerRow> open, Instant now) {
        return observer.observe(open, now);
    }

    @Override
    public CallState callState(LedgerRow row, DeleteObservation observed) {
        return decision.callState(row, observed, batchRefusals.isLatest(row));
    }

    @Override
    public Decision decide(LedgerRow row, DeleteObservation observed, Instant now) {
        var result = decision.decide(row, observed, now);
        if (result instanceof Decision.Send) {
            nextOperations.put(row.row(), DeleteDecision.next(observed));
        }
        return result;
    }

    @Override
    public CallFailurePolicy failurePolicy() {
        return failurePolicy;
    }

    @Override
    public void onRetry(int row) {
        batchRefusals.forget(row);
    }

    /** A pause also holds the deletion of a source whose task is deleted already. */
    @Override
    public boolean act(List<PendingAction> pending, PassActions actions) {
        if (actions.rowCache().isPaused()) {
            return false;
        }
        return actions.performSomeBatches(Batch.of(
                actions.rows(pending).stream().sorted(StartQueue.TURN).toList(),
                row -> Objects.requireNonNull(nextOperations.get(row.row())),
                batchRefusals::contains,
                SmsApi.MAX_DELETIONS,
                this::batch));
    }

    private Batch batch(Operation operation, List<LedgerRow> rows) {
        var ids = rows.stream().map(row -> target(operation, row)).toList();
        var calls = rows.stream().map(row -> call(operation, row)).toList();
        return new Batch(calls, deadline -> send(operation, ids, sms.until(deadline)));
    }

    private static String target(Operation operation, LedgerRow row) {
        return Objects.requireNonNull(operation == Operation.DELETE_TASK ? row.taskId() : row.sourceId());
    }

    private MutatingCall call(Operation operation, LedgerRow row) {
        var id = target(operation, row);
        return new MutatingCall(
                row,
                operation,
                id,
                MutatingCall.RemoteCall.of(deadline -> delete(operation, List.of(id), sms.until(deadline))),
                this::effectOf);
    }

    private static void delete(Operation operation, List<String> ids, SmsApi inTime) {
        if (operation == Operation.DELETE_TASK) {
            inTime.deleteTasks(ids);
        } else {
            inTime.deleteSources(ids);
        }
    }

    private static List<CallResult> send(Operation operation, List<String> ids, SmsApi inTime) {
        try {
            delete(operation, ids, inTime);
            return Collections.nCopies(ids.size(), new CallResult(CallState.DONE, null, null, null));
        } catch (ApiException ex) {
            if (ids.size() == 1 || ex.kind() != CallFailureKind.REFUSED) {
                throw ex;
            }
            var text = "the deletion of %d ids at once was refused (HTTP %d %s); each id is checked, then deleted alone"
                    .formatted(ids.size(), ex.httpStatus(), ex.errorMessage());
            return Collections.nCopies(ids.size(), new CallResult(CallState.UNKNOWN, null, ex, text));
        }
    }

    private MutatingCall.RowEffect effectOf(LedgerRow row, CallResult answer) {
        var now = clock.instant();
        var failure = answer.failure();
        if (answer.state() == CallState.DONE) {
            return MutatingCall.RowEffect.started(row, now);
        }
        if (answer.state() == CallState.UNKNOWN && failure != null && failure.kind() == CallFailureKind.REFUSED) {
            batchRefusals.add(row);
        }
        return answer.state() == CallState.REFUSED && failure != null && isGone(failure)
                ? failurePolicy.effectOfDoubtful(row, answer, "SMS reports that it is gone; checking once more", now)
                : failurePolicy.effectOf(row, answer, now);
    }

    private static boolean isGone(ApiException failure) {
        return Absence.ofTask(failure) || Absence.ofSource(failure);
    }
}
