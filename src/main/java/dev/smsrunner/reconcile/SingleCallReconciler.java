package dev.smsrunner.reconcile;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cutover.StartQueue;
import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.sms.Absence;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.sms.TaskState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reconciler of jobs with one call per row; observes all rows by the list of sources. */
public final class SingleCallReconciler implements JobReconciler<Observation> {

    /** Decisions and calls of such a job. */
    public interface SingleCallJob {

        /** As {@link JobReconciler#callState}. */
        CallState callState(LedgerRow row, Observation observed);

        /** As {@link JobReconciler#decide}: pure, unless the list is not sufficient for the row. */
        Decision decide(LedgerRow row, Observation observed, Instant now);

        /** Whether the call takes one of the places for concurrent migrations. */
        default boolean takesPlace(LedgerRow row) {
            return false;
        }

        /** As {@link JobReconciler#onRetry}. */
        default void onRetry(int row) {}

        /** Facts of the row, as JSON, that the ledger must hold before the call; null for none. */
        default @Nullable String factsToKeep(LedgerRow row) {
            return null;
        }

        /** Call for the row. */
        MutatingCall call(LedgerRow row);
    }

    private final SmsApi sms;
    private final SingleCallJob job;
    private final int concurrent;
    private final RowInspector inspector;
    private final UnresolvedCallLimit unresolvedCalls = new UnresolvedCallLimit();
    private int running;

    /** @param concurrent maximum number of servers of the account that are copied at once */
    public SingleCallReconciler(SmsApi sms, SingleCallJob job, int concurrent) {
        this.sms = sms;
        this.job = job;
        this.concurrent = concurrent;
        this.inspector = new RowInspector(sms, "Find out who removed it and why.");
    }

    @Override
    public Function<LedgerRow, Observation> observe(List<LedgerRow> open, Instant now) {
        var sweep = Sweep.observe(sms, Sweep.sources(open), now);
        long ours = sweep.bySource().values().stream()
                .filter(observed -> observed.task() == TaskState.RUNNING)
                .count();
        running = sweep.otherServers() + (int) ours;
        return row -> sweep.of(Objects.requireNonNull(row.sourceId()));
    }

    @Override
    public CallState callState(LedgerRow row, Observation observed) {
        return job.callState(row, observed);
    }

    @Override
    public Decision decide(LedgerRow row, Observation observed, Instant now) {
        var decision = job.decide(row, observed, now);
        if (decision instanceof Decision.Confirm) {
            decision = row.taskId() == null
                    ? decideAlone(row, observed, now)
                    : inspector.confirm(row, observed, inspected -> job.decide(row, inspected, now));
        }
        if (decision instanceof Decision.Inspect) {
            decision = job.decide(row, inspector.inspect(row, observed), now);
        }
        return unresolvedCalls.limit(row, decision);
    }

    /** Queries a source that the list does not show (ShowServer) before it counts as gone. */
    private Decision decideAlone(LedgerRow row, Observation observed, Instant now) {
        try {
            var shown = sms.showSource(Objects.requireNonNull(row.sourceId()));
            return job.decide(row, Observation.of(shown, observed.observedAt()), now);
        } catch (ApiException ex) {
            if (!Absence.ofSource(ex)) {
                throw ex;
            }
            var what = "the source server %s was removed by another user".formatted(row.sourceId());
            return new Decision.Finish(
                    Outcome.FAILED,
                    what,
                    new Failure(ex.errorCode(), what, "OPERATOR", "Find out who removed it and why.", ex.requestId()));
        }
    }

    @Override
    public void onRetry(int row) {
        unresolvedCalls.forget(row);
        job.onRetry(row);
    }

    /** Makes the calls in the order of the waves; a call that takes a place waits until one is free. */
    @Override
    public boolean act(List<PendingAction> pending, PassActions actions) {
        int free = concurrent - running;
        var calls = new ArrayList<MutatingCall>();
        var factsByRow = new HashMap<Integer, String>();
        for (var row : actions.rows(pending).stream().sorted(StartQueue.TURN).toList()) {
            boolean takesPlace = job.takesPlace(row);
            if (!takesPlace || free > 0) {
                free -= takesPlace ? 1 : 0;
                calls.add(job.call(row));
                var facts = job.factsToKeep(row);
                if (facts != null) {
                    factsByRow.put(row.row(), facts);
                }
            }
        }
        actions.keepFacts(factsByRow);
        return actions.performSome(calls);
    }
}
