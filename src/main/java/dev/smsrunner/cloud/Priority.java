package dev.smsrunner.cloud;

/** Priority of calls that wait for the rate limiter. */
public enum Priority {
    /** Write, or a read that a write waits for. */
    MUTATION,

    /** Read of a whole list; gets about a tenth of the rate while mutations wait, and all of it otherwise. */
    SWEEP
}
