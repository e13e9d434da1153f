package dev.smsrunner.ledger;

/** What an event is about. */
public enum EventKind {
    /** The run began, went on, was asked to stop, ended. */
    RUN,
    /** Rows of the inventory came into the ledger. */
    INTAKE,
    /** Preflight found something about a row. */
    FINDING,
    /** A mutating call was intended, answered or found out about. */
    CALL,
    /** The service's states of a row changed. */
    STATE,
    /** A row's stage changed. */
    STAGE,
    /** A row needs a person's eyes, or does no longer. */
    ATTENTION,
    /** What is known of a row changed, and nobody needs to hear of it. */
    WRITE,
    /** A server outside the run, which a row depends on, was seen to be launched. */
    DEPENDENCY,
    /** A person asked for something, and what became of it. */
    CONTROL
}
