package dev.smsrunner.sms;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Clone of a target, created by {@code clone_test} (ShowTask, API reference 2026-01-27).
 *
 * @param cloneError error code, null or empty without a failure
 * @param cloneState NOT_READY, READY, PREPARING, CREATING, ERROR, FINISHED
 * @param errorMsg reason of the failure
 */
@Payload
public record CloneServer(
        @Nullable String vmId,
        @Nullable String name,
        @Nullable String cloneError,
        @Nullable String cloneState,
        @Nullable String errorMsg) {

    /** Whether the clone exists. */
    public boolean isFinished() {
        return state().equals("FINISHED");
    }

    /** Whether the creation failed. */
    public boolean isFailed() {
        return state().equals("ERROR");
    }

    /** Whether the creation is running. */
    public boolean isUnderWay() {
        return state().equals("PREPARING") || state().equals("CREATING");
    }

    private String state() {
        return cloneState == null ? "" : cloneState.strip().toUpperCase(Locale.ROOT);
    }
}
