package dev.smsrunner.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * API statistics of one interval.
 *
 * @param at end of the interval
 * @param seconds length of the interval
 * @param calls number of sent calls
 * @param throttled number of responses with status 429
 * @param limit estimated calls per second that the service allows at the end, null when unknown
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
