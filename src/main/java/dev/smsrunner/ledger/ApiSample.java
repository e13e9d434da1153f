package dev.smsrunner.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How the calls of a run went for a while.
 *
 * @param at end of the while
 * @param seconds its length
 * @param calls answered in it
 * @param throttled those of them that were answered with 429
 * @param rateLimit calls per second that were allowed at its end, null when there was no limit
 */
public record ApiSample(
        Instant at,
        double seconds,
        int calls,
        int throttled,
        @Nullable Double rateLimit) {}
