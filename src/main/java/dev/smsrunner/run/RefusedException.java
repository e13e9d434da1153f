package dev.smsrunner.run;

/** The run may not be begun or go on as things are; nothing was changed. */
public final class RefusedException extends RuntimeException {

    /** Says what stands against it and what to do. */
    public RefusedException(String message) {
        super(message);
    }
}
