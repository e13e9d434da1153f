package dev.smsrunner.sms;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The clone of a target that {@code clone_test} makes (ShowTask, API reference 2026-01-27).
 *
 * @param cloneError error code, null or empty when it did not fail
 * @param cloneState NOT_READY, READY, PREPARING, CREATING, ERROR, FINISHED
 * @param errorMsg why it failed
 */
@Payload
public record CloneServer(
        @Nullable String vmId,
        @Nullable String name,
        @Nullable String cloneError,
        @Nullable String cloneState,
        @Nullable String errorMsg) {

    /** The clone is there. */
    public boolean isFinished() {
        return state().equals("FINISHED");
    }

    /** It could not be made. */
    public boolean isFailed() {
        return state().equals("ERROR");
    }

    /** It is being made. */
    public boolean isUnderWay() {
        return state().equals("PREPARING") || state().equals("CREATING");
    }

    private String state() {
        return cloneState == null ? "" : cloneState.strip().toUpperCase(Locale.ROOT);
    }
}
