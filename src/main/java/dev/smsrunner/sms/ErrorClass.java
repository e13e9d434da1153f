package dev.smsrunner.sms;

/** What an error asks for. */
public enum ErrorClass {
    /** Goes away by itself: try again. */
    TRANSIENT,
    /** Something else must happen first, for example the agent must come back. */
    WAIT,
    /** The row, the source or the network must be corrected, then the server can be run again. */
    FIX_AND_RETRY,
    /** A person has to look at the console or the source. */
    OPERATOR,
    /** Can never succeed as it is. */
    FATAL
}
