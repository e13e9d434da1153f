package dev.smsrunner.cloud;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Pauses between attempts: anything from nothing up to a bound that doubles, so that callers do not come back together. */
final class Jitter {

    private static final long FIRST_MILLIS = 200;
    private static final long LONGEST_MILLIS = 20_000;

    private Jitter() {}

    /** @param attempt how many have failed, from 1 */
    static Duration full(RandomGenerator random, int attempt) {
        long bound = Math.min(LONGEST_MILLIS, FIRST_MILLIS << Math.min(20, attempt));
        return Duration.ofMillis(random.nextLong(bound + 1));
    }
}
