package dev.smsrunner.reconcile;

import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.CallResult;
import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Decisions and calls of a job with one call per row. */
public abstract class RowReconciler {

    private final CallFailurePolicy failurePolicy;
    private final Clock clock;

    /** @param failurePolicy counts the failed calls of the rows */
    protected RowReconciler(CallFailurePolicy failurePolicy, Clock clock) {
        this.failurePolicy = failurePolicy;
        this.clock = clock;
    }

    /** As {@link JobReconciler#callState}. */
    public abstract CallState callState(LedgerRow row, Observation observed);

    /** As {@link JobReconciler#decide}: pure, unless the list is not sufficient for the row. */
    public abstract Decision decide(LedgerRow row, Observation observed, Instant now);

    /** Whether the call takes one of the places for concurrent migrations. */
    public boolean takesPlace(LedgerRow row) {
        return false;
    }

    /** As {@link JobReconciler#onRetry}. */
    public void onRetry(int row) {}

    /** Facts of the row, as JSON, that the ledger must hold before the call; null for none. */
    public @Nullable String factsToKeep(LedgerRow row) {
        return null;
    }

    /** Call for the row. */
    public abstract MutatingCall call(LedgerRow row);

    /**
     * Call without a returned value.
     *
     * @param send sends the call, given the deadline of its decision
     */
    protected final MutatingCall call(LedgerRow row, Operation operation, String target, Consumer<Instant> send) {
        return new MutatingCall(row, operation, target, MutatingCall.RemoteCall.of(send), this::effectOf);
    }

    /** Effect of the answer: an executed call puts the row under way. */
    protected MutatingCall.RowEffect effectOf(LedgerRow row, CallResult answer) {
        return answer.state() == CallState.DONE
                ? MutatingCall.RowEffect.started(row, clock.instant())
                : failurePolicy.effectOf(row, answer, clock.instant());
    }

    final CallFailurePolicy failurePolicy() {
        return failurePolicy;
    }
}
