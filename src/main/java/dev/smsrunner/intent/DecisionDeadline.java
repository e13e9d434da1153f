package dev.smsrunner.intent;

import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Until when the decision holds that the call of this thread carries out. A call may wait minutes for its turn, and what was
 * seen before it was decided may not be true any more by then.
 */
public final class DecisionDeadline {

    private static final ThreadLocal<@Nullable Instant> HOLDS_UNTIL = new ThreadLocal<>();

    private DecisionDeadline() {}

    /** Makes a call, whose decision holds until then, on this thread. */
    static <T> T until(Instant end, Supplier<T> call) {
        HOLDS_UNTIL.set(end);
        try {
            return call.get();
        } finally {
            HOLDS_UNTIL.remove();
        }
    }

    /** Whether this thread makes a call that was decided too long ago. */
    public static boolean tooLongAgo(Instant now) {
        var end = HOLDS_UNTIL.get();
        return end != null && !now.isBefore(end);
    }
}
