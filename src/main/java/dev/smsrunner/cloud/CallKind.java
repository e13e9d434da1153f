package dev.smsrunner.cloud;

/** Whether a call only looks or may change something: a read is repeated when in doubt, a write never. */
public enum CallKind {
    READ,
    WRITE
}
