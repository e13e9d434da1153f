package dev.smsrunner.reconcile;

import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.LedgerRow;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Decisions and calls of a job with one call per row. */
public interface RowReconciler {

    /** As {@link JobReconciler#callState}. */
    CallState callState(LedgerRow row, Observation observed);

    /** As {@link JobReconciler#decide}: pure, unless the list is not sufficient for the row. */
    Decision decide(LedgerRow row, Observation observed, Instant now);

    /** Whether the call takes one of the places for concurrent migrations. */
    default boolean takesPlace(LedgerRow row) {
        return false;
    }

    /** As {@link JobReconciler#failurePolicy}. */
    CallFailurePolicy failurePolicy();

    /** As {@link JobReconciler#onRetry}. */
    default void onRetry(int row) {}

    /** Facts of the row, as JSON, that the ledger must hold before the call; null for none. */
    default @Nullable String factsToKeep(LedgerRow row) {
        return null;
    }

    /** Call for the row. */
    MutatingCall call(LedgerRow row);
}
