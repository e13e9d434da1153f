package dev.smsrunner.intent;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Exponential backoff with a cap. Jitter keeps servers that failed together from retrying together.
 *
 * @param first delay before the second attempt
 */
public record Backoff(Duration first, RandomGenerator random) {

    private static final Duration MAX_DELAY = Duration.ofMinutes(15);

    /**
     * Delay after the given number of attempts.
     *
     * @param attempts at least 1
     */
    public Duration delay(int attempts) {
        long doubled = first.toMillis() << Math.min(20, Math.max(0, attempts - 1));
        long capped = Math.min(Math.max(first.toMillis(), MAX_DELAY.toMillis()), doubled);
        return Duration.ofMillis((long) (capped * (0.75 + 0.5 * random.nextDouble())));
    }
}
