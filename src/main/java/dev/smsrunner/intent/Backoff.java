package dev.smsrunner.intent;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: doubles each time, capped, with jitter so that servers that failed together do not
 * come back together.
 *
 * @param first before the second try
 */
public record Backoff(Duration first, RandomGenerator random) {

    private static final Duration LONGEST = Duration.ofMinutes(15);

    /**
     * The wait after the given number of tries.
     *
     * @param tries at least 1
     */
    public Duration delay(int tries) {
        long doubled = first.toMillis() << Math.min(20, Math.max(0, tries - 1));
        long capped = Math.min(Math.max(first.toMillis(), LONGEST.toMillis()), doubled);
        return Duration.ofMillis((long) (capped * (0.75 + 0.5 * random.nextDouble())));
    }
}
