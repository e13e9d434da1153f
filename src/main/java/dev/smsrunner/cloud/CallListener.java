package dev.smsrunner.cloud;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Receives every exchange with the service, including retries. */
@FunctionalInterface
public interface CallListener {

    /** Listener that ignores all calls. */
    CallListener SILENT = (operation, status, requestId, duration, throttled) -> {};

    /**
     * Reports one exchange. Runs on the calling thread and must not block.
     *
     * @param status HTTP status, 0 without a complete answer
     * @param requestId {@code X-Request-Id} of the answer, null when there was none
     * @param duration from the socket write to the last byte of the answer, without the wait for the rate limiter
     * @param throttled whether the service answered that the call rate is too high
     */
    void onAnswer(String operation, int status, @Nullable String requestId, Duration duration, boolean throttled);
}
