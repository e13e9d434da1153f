package dev.smsrunner.ledger;

/** Known state of one mutating call. */
public enum CallState {
    /** Committed; the call is about to be sent, or was in flight when the process died. */
    OPEN,
    /** The service accepted it. */
    DONE,
    /** The service refused it and did nothing. */
    REFUSED,
    /** It was never sent. */
    NOT_SENT,
    /** It may or may not have been executed: nothing is sent again before an observation resolves it. */
    UNKNOWN,
    /** Its answer was lost, and an observation showed that it was executed. */
    SEEN,
    /** Its answer was lost, and an observation after the grace showed that it was not executed. */
    ABSENT;

    /** Whether only an observation can resolve the call. */
    public boolean isUndecided() {
        return this == OPEN || this == UNKNOWN;
    }

    /** Whether the call is known to have been executed. */
    public boolean isExecuted() {
        return this == DONE || this == SEEN;
    }
}
