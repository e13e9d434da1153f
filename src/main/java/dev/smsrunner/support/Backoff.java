package dev.smsrunner.support;

import java.time.Duration;
import java.util.function.LongUnaryOperator;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff: the delay doubles with each attempt, up to a maximum. Jitter keeps callers that failed together from
 * retrying together.
 */
public final class Backoff {

    private static final int MAX_DOUBLINGS = 20;

    private final long first;
    private final long max;
    private final LongUnaryOperator jitter;

    private Backoff(Duration first, Duration max, LongUnaryOperator jitter) {
        this.first = first.toMillis();
        this.max = Math.max(this.first, max.toMillis());
        this.jitter = jitter;
    }

    /**
     * Backoff without jitter.
     *
     * @param first delay after the first attempt, in whole milliseconds
     * @param max maximum delay; a longer first delay is kept
     */
    public static Backoff exact(Duration first, Duration max) {
        return new Backoff(first, max, delay -> delay);
    }

    /** Backoff with full jitter: from zero up to the exact delay. */
    public static Backoff withFullJitter(Duration first, Duration max, RandomGenerator random) {
        return new Backoff(first, max, delay -> random.nextLong(delay + 1));
    }

    /** Backoff that varies by a quarter of the exact delay in both directions. */
    public static Backoff withQuarterJitter(Duration first, Duration max, RandomGenerator random) {
        return new Backoff(first, max, delay -> (long) (delay * (0.75 + 0.5 * random.nextDouble())));
    }

    /**
     * Delay before the next attempt.
     *
     * @param attempts number of attempts so far; 0 counts as 1
     */
    public Duration delay(int attempts) {
        long doubled = first << Math.min(MAX_DOUBLINGS, Math.max(0, attempts - 1));
        return Duration.ofMillis(jitter.applyAsLong(Math.min(max, doubled)));
    }
}
