package dev.smsrunner.ledger;

/** Where a run is. */
public enum RunState {
    /** Under way, or its process died: the lease tells which. */
    RUNNING,
    /** Stopped by a person, by a signal or by an outage; {@code resume} goes on. */
    STOPPED,
    /** Every row is closed. */
    FINISHED
}
