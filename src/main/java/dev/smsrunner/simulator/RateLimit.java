package dev.smsrunner.simulator;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** Limits the number of calls in any window of a second. Refused calls are not executed and not counted. */
final class RateLimit {

    private final int limit;
    private final int windowSeconds;
    private final Clock clock;
    private final Deque<Instant> admitted = new ArrayDeque<>();

    /** A rate below one call per second becomes a limit of 1 in a longer window. */
    RateLimit(@Nullable Double requestsPerSecond, Clock clock) {
        double rate = requestsPerSecond == null ? 0 : requestsPerSecond;
        this.limit = rate == 0 ? 0 : Math.max(1, (int) Math.round(rate));
        this.windowSeconds = rate > 0 && rate < 1 ? (int) Math.ceil(1 / rate) : 1;
        this.clock = clock;
    }

    /** @throws Refusal 429 APIG.0308 with the limit in the text */
    synchronized void admit() {
        if (limit == 0) {
            return;
        }
        Instant now = clock.instant();
        Instant windowStart = now.minus(Duration.ofSeconds(windowSeconds));
        while (!admitted.isEmpty() && !admitted.peekFirst().isAfter(windowStart)) {
            admitted.removeFirst();
        }
        if (admitted.size() >= limit) {
            throw throttled(limit, windowSeconds);
        }
        admitted.addLast(now);
    }

    static Refusal throttled(int limit, int seconds) {
        return Refusal.of(
                429,
                "APIG.0308",
                "The throttling threshold has been reached: policy user over ratelimit,limit:%d,time:%d second"
                        .formatted(limit, seconds));
    }
}
