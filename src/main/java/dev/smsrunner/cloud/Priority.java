package dev.smsrunner.cloud;

/** Who goes first when calls wait for the budget. */
public enum Priority {
    /** A call that changes something, or that such a call waits for. */
    MUTATION,

    /** A look at everything; gets about a tenth of the budget while mutations wait, and all of it otherwise. */
    SWEEP
}
