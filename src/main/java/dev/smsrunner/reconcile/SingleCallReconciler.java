package dev.smsrunner.reconcile;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cutover.StartQueue;
import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.sms.Absence;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;

/** Reconciler of jobs with one call per row; observes all rows by the list of sources. */
public final class SingleCallReconciler implements JobReconciler<Observation> {

    private final SmsApi sms;
    private final RowReconciler rows;
    private final int concurrent;
    private final RowInspector inspector;
    private int running;

    /** @param concurrent maximum number of servers of the account that are copied at once */
    public SingleCallReconciler(SmsApi sms, RowReconciler rows, int concurrent) {
        this.sms = sms;
        this.rows = rows;
        this.concurrent = concurrent;
        this.inspector = new RowInspector(sms, "Find out who removed it and why.");
    }

    @Override
    public Function<LedgerRow, Observation> observe(List<LedgerRow> open, Instant now) {
        var sweep = Sweep.observe(sms, Sweep.sources(open), Set.of(), now);
        long ours = sweep.bySource().values().stream()
                .filter(observed -> observed.task() == TaskState.RUNNING)
                .count();
        running = sweep.otherServers() + (int) ours;
        return row -> sweep.of(Objects.requireNonNull(row.sourceId()));
    }

    @Override
    public CallState callState(LedgerRow row, Observation observed) {
        return rows.callState(row, observed);
    }

    @Override
    public Decision decide(LedgerRow row, Observation observed, Instant now) {
        var decision = rows.decide(row, observed, now);
        if (decision instanceof Decision.Confirm) {
            decision = row.taskId() == null
                    ? decideAlone(row, observed, now)
                    : inspector.confirm(row, observed, inspected -> rows.decide(row, inspected, now));
        }
        return decision instanceof Decision.Inspect
                ? rows.decide(row, inspector.inspect(row, observed), now)
                : decision;
    }

    /** Queries a source that the list does not show (ShowServer) before it counts as gone. */
    private Decision decideAlone(LedgerRow row, Observation observed, Instant now) {
        try {
            var shown = sms.showSource(Objects.requireNonNull(row.sourceId()));
            return rows.decide(row, Observation.of(shown, observed.observedAt()), now);
        } catch (ApiException ex) {
            if (!Absence.ofSource(ex)) {
                throw ex;
            }
            var what = "the source server %s was removed by another user".formatted(row.sourceId());
            return Decision.Finish.failed(
                    new Failure(ex.errorCode(), what, "OPERATOR", "Find out who removed it and why.", ex.requestId()));
        }
    }

    @Override
    public CallFailurePolicy failurePolicy() {
        return rows.failurePolicy();
    }

    @Override
    public void onRetry(int row) {
        rows.onRetry(row);
    }

    /** Makes the calls in the order of the waves; a call that takes a place waits until one is free. */
    @Override
    public boolean act(List<PendingAction> pending, PassActions actions) {
        int free = concurrent - running;
        var calls = new ArrayList<MutatingCall>();
        var factsByRow = new HashMap<Integer, String>();
        for (var row : actions.rows(pending).stream().sorted(StartQueue.TURN).toList()) {
            boolean takesPlace = rows.takesPlace(row);
            if (!takesPlace || free > 0) {
                free -= takesPlace ? 1 : 0;
                calls.add(rows.call(row));
                var facts = rows.factsToKeep(row);
                if (facts != null) {
                    factsByRow.put(row.row(), facts);
                }
            }
        }
        actions.keepFacts(factsByRow);
        return actions.performSome(calls);
    }
}
