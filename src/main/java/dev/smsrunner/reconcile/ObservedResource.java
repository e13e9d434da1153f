package dev.smsrunner.reconcile;

import dev.smsrunner.ledger.ObservedState;
import java.time.Instant;

/** What one look saw of what a row is about. */
public interface ObservedResource {

    /** When the look began: what was done later may not show yet. */
    Instant lookedAt();

    /** Whether anything was seen; if not, what was seen before still counts. */
    boolean listed();

    /** The states in the words of the service. */
    ObservedState seen();

    /** Whether it shows that the work in the cloud failed. */
    default boolean showsFailure() {
        return false;
    }
}
