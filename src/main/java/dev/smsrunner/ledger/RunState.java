package dev.smsrunner.ledger;

/** States of a run. */
public enum RunState {
    /** Under way, or its process died; the lease shows which. */
    RUNNING,
    /** Stopped by an operator, by a signal or by an outage; {@code resume} continues it. */
    STOPPED,
    /** Every row has ended. */
    FINISHED
}
