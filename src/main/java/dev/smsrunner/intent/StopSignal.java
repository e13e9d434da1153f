package dev.smsrunner.intent;

import org.jspecify.annotations.Nullable;

/** Tells whether the run may go on. Asked between any two calls, so it answers at once. */
public interface StopSignal {

    /** Why nothing more may be changed, null while the run goes on. */
    @Nullable
    Reason reason();

    /** Whether the run must end. */
    default boolean wanted() {
        return reason() != null;
    }

    /** Why a run ends before its servers are finished. */
    enum Reason {
        /** A person asked for it with {@code stop}, or a signal did. */
        STOPPED,
        /** Another process works on the run. */
        OWNERSHIP_LOST,
        /** The service refuses our credentials, or cannot be reached. */
        SERVICE
    }
}
