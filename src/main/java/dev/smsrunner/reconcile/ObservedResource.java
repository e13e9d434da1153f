package dev.smsrunner.reconcile;

import dev.smsrunner.ledger.ObservedState;
import java.time.Instant;

/** One observation of the resource behind a row. */
public interface ObservedResource {

    /** Start of the observation: later changes may not show yet. */
    Instant observedAt();

    /** Whether the resource was found; otherwise its earlier states still count. */
    boolean listed();

    /** States as the service shows them. */
    ObservedState states();

    /** Whether the observation shows a failure of the work in the cloud. */
    default boolean showsFailure() {
        return false;
    }
}
