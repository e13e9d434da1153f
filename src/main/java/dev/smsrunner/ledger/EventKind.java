package dev.smsrunner.ledger;

/** Subject of an event. */
public enum EventKind {
    /** The run started, resumed, was requested to stop, or ended. */
    RUN,
    /** Rows of the inventory were added to the ledger. */
    INTAKE,
    /** A finding about a row. */
    FINDING,
    /** A mutating call was intended, answered or resolved. */
    CALL,
    /** The service's states of a row changed. */
    STATE,
    /** A row's stage changed. */
    STAGE,
    /** A row started or stopped to need attention. */
    ATTENTION,
    /** A row changed without any news for the operator. */
    WRITE,
    /** A cutover window opened, had its last call, or closed. */
    WINDOW,
    /** A server outside the run, which a row depends on, was observed as launched. */
    DEPENDENCY,
    /** A control was answered. */
    CONTROL,
    /** The runner asked the approvers of a gate, one of them answered, or changed rows made the answers void. */
    GATE
}
