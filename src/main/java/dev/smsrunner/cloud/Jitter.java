package dev.smsrunner.cloud;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Random pause between attempts, from zero up to a bound that doubles, so that callers do not retry together. */
final class Jitter {

    private static final long FIRST_MILLIS = 200;
    private static final long LONGEST_MILLIS = 20_000;

    private Jitter() {}

    /** @param attempt number of failed attempts, from 1 */
    static Duration full(RandomGenerator random, int attempt) {
        long bound = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(20, attempt));
        return Duration.ofMillis(random.nextLong(bound + 1));
    }
}
