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

/** The course of a job that sends one thing per row, and looks at all of them by the list of sources. */
public final class SingleCallReconciler implements JobReconciler<Observation> {

    /** What such a job decides and sends. */
    public interface Purpose {

        /** As {@link JobReconciler#settlement}. */
        CallState settlement(LedgerRow row, Observation seen);

        /** As {@link JobReconciler#decide}: pure, unless the list does not tell enough of the row. */
        Decision decide(LedgerRow row, Observation seen, Instant now);

        /** Whether sending it takes one of the places for concurrent migrations. */
        default boolean takesPlace(LedgerRow row) {
            return false;
        }

        /** As {@link JobReconciler#retried}. */
        default void retried(int row) {}

        /** What the ledger must keep of the row before anything is sent for it, as JSON; null for nothing. */
        default @Nullable String kept(LedgerRow row) {
            return null;
        }

        /** What is sent for the row. */
        MutatingCall change(LedgerRow row);
    }

    private final SmsApi sms;
    private final Purpose purpose;
    private final int concurrent;
    private final RowInspector questions;
    private final UnresolvedCallLimit lostAnswers = new UnresolvedCallLimit();
    private int running;

    /** @param concurrent how many servers of the account may be copied at once */
    public SingleCallReconciler(SmsApi sms, Purpose purpose, int concurrent) {
        this.sms = sms;
        this.purpose = purpose;
        this.concurrent = concurrent;
        this.questions = new RowInspector(sms, "Find out who removed it and why.");
    }

    @Override
    public Function<LedgerRow, Observation> look(List<LedgerRow> open, Instant now) {
        var sweep = Sweep.look(sms, Sweep.sources(open), now);
        long ours = sweep.bySource().values().stream()
                .filter(seen -> seen.task() == TaskState.RUNNING)
                .count();
        running = sweep.others() + (int) ours;
        return row -> sweep.of(Objects.requireNonNull(row.sourceId()));
    }

    @Override
    public CallState settlement(LedgerRow row, Observation seen) {
        return purpose.settlement(row, seen);
    }

    @Override
    public Decision decide(LedgerRow row, Observation seen, Instant now) {
        var decision = purpose.decide(row, seen, now);
        if (decision instanceof Decision.Confirm) {
            decision = row.taskId() == null
                    ? alone(row, seen, now)
                    : questions.confirm(row, seen, told -> purpose.decide(row, told, now));
        }
        if (decision instanceof Decision.Inspect) {
            decision = purpose.decide(row, questions.inspect(row, seen), now);
        }
        return lostAnswers.bounded(row, decision);
    }

    /** A source that the list does not show is asked for by itself (ShowServer) before it counts as gone. */
    private Decision alone(LedgerRow row, Observation seen, Instant now) {
        try {
            var shown = sms.showSource(Objects.requireNonNull(row.sourceId()));
            return purpose.decide(row, Observation.of(shown, seen.lookedAt()), now);
        } catch (ApiException ex) {
            if (!Absence.ofSource(ex)) {
                throw ex;
            }
            var what = "the source server %s was removed by somebody else".formatted(row.sourceId());
            return new Decision.Close(
                    Outcome.FAILED,
                    what,
                    new Failure(ex.errorCode(), what, "OPERATOR", "Find out who removed it and why.", ex.requestId()));
        }
    }

    @Override
    public void retried(int row) {
        lostAnswers.forget(row);
        purpose.retried(row);
    }

    /** In the order of the waves; what takes a place waits until one is free. */
    @Override
    public boolean act(List<PendingAction> wishes, PassActions turn) {
        int free = concurrent - running;
        var changes = new ArrayList<MutatingCall>();
        var kept = new HashMap<Integer, String>();
        for (var row : turn.rows(wishes).stream().sorted(StartQueue.TURN).toList()) {
            boolean takesPlace = purpose.takesPlace(row);
            if (!takesPlace || free > 0) {
                free -= takesPlace ? 1 : 0;
                changes.add(purpose.change(row));
                var facts = purpose.kept(row);
                if (facts != null) {
                    kept.put(row.row(), facts);
                }
            }
        }
        turn.keep(kept);
        return turn.performSome(changes);
    }
}
