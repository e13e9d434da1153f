package dev.smsrunner.sms;

/** Required reaction to an error. */
public enum ErrorClass {
    /** Temporary error: try again. */
    TRANSIENT,
    /** Another event must come first, for example the agent must reconnect. */
    WAIT,
    /** The operator must correct the row, the source or the network, then run the server again. */
    FIX_AND_RETRY,
    /** The operator must check the console or the source. */
    OPERATOR,
    /** Permanent error: can never succeed unchanged. */
    FATAL
}
