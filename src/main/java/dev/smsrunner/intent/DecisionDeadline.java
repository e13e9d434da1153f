package dev.smsrunner.intent;

import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Deadline of the decision behind the call on this thread. Calls may queue for minutes; after the deadline the observation
 * is stale and the call must not be sent.
 */
public final class DecisionDeadline {

    private static final ThreadLocal<@Nullable Instant> DEADLINE = new ThreadLocal<>();

    private DecisionDeadline() {}

    /** Makes a call on this thread with the deadline of its decision. */
    static <T> T runUntil(Instant deadline, Supplier<T> call) {
        DEADLINE.set(deadline);
        try {
            return call.get();
        } finally {
            DEADLINE.remove();
        }
    }

    /** Whether the deadline of this thread's call has passed. */
    public static boolean isPassed(Instant now) {
        var deadline = DEADLINE.get();
        return deadline != null && !now.isBefore(deadline);
    }
}
