package dev.smsrunner.cloud;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Told about every single exchange with the service, repeated ones included. */
@FunctionalInterface
public interface CallListener {

    /** Takes no notice. */
    CallListener SILENT = (operation, status, requestId, duration, throttled) -> {};

    /**
     * Called from the thread of the caller; must not block.
     *
     * @param status HTTP status, 0 when no complete answer came
     * @param requestId {@code X-Request-Id} of the answer, null when there was none
     * @param duration from the socket write to the last byte of the answer, without the wait for the budget
     * @param throttled the service answered that the call rate is too high
     */
    void answered(String operation, int status, @Nullable String requestId, Duration duration, boolean throttled);
}
