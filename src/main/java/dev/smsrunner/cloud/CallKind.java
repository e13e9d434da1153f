package dev.smsrunner.cloud;

/** Distinguishes reads from writes: the runner repeats a read when in doubt, a write never. */
public enum CallKind {
    READ,
    WRITE
}
