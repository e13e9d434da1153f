package dev.smsrunner.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the calls to the service went for a while.
 *
 * @param at the end of that while
 * @param seconds how long it was
 * @param calls sent in it
 * @param throttled answers 429 among them
 * @param limit calls per second that the service was believed to allow at its end, null while nothing was known
 */
public record ApiSample(
        Instant at,
        double seconds,
        int calls,
        int throttled,
        @Nullable Double limit) {

    /** Calls sent per second. */
    public double perSecond() {
        return seconds <= 0 ? 0 : calls / seconds;
    }
}
