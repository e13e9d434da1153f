package dev.smsrunner.intent;

import org.jspecify.annotations.Nullable;

/** Stop signal of a run. Checked between any two calls, so it must return at once. */
public interface StopSignal {

    /** Reason to stop; null while the run continues. */
    @Nullable
    Reason reason();

    /** Whether the run must stop. */
    default boolean isRequested() {
        return reason() != null;
    }

    /** Reasons to stop a run before its servers finish. */
    enum Reason {
        /** The operator's {@code stop}, or a signal. */
        STOPPED,
        /** Another process works on the run. */
        OWNERSHIP_LOST,
        /** The service refuses the credentials, or is unreachable. */
        SERVICE
    }
}
