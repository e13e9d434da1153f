package dev.smsrunner.dashboard;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rate limit for wrong tokens: after a few failures, further ones must wait up to ten seconds. The right token never waits, so
 * that a program that guesses cannot lock the operator out.
 */
final class TokenThrottle {

    private static final Logger log = LoggerFactory.getLogger(TokenThrottle.class);
    private static final int FREE_FAILURES = 5;
    private static final int DOUBLINGS = 7;
    private static final Duration FIRST_DELAY = Duration.ofMillis(100);
    private static final Duration MAX_DELAY = Duration.ofSeconds(10);

    private final LongSupplier nanos;
    private int failures;
    private long notBefore;

    TokenThrottle(LongSupplier nanos) {
        this.nanos = nanos;
        this.notBefore = nanos.getAsLong();
    }

    /** The remaining wait before the next wrong token is accepted for checking; zero for none. */
    synchronized Duration remaining() {
        long left = notBefore - nanos.getAsLong();
        return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    /** Records a wrong token. */
    synchronized void recordFailure(String from) {
        failures++;
        if (failures > FREE_FAILURES) {
            notBefore = nanos.getAsLong() + delay().toNanos();
        }
        if (failures == 2 * FREE_FAILURES || failures % 1_000 == 0) {
            log.warn("Live page received {} wrong tokens, the last from {}", failures, from);
        }
    }

    private Duration delay() {
        var delay = FIRST_DELAY.multipliedBy(1L << Math.min(DOUBLINGS, failures - FREE_FAILURES - 1));
        return delay.compareTo(MAX_DELAY) > 0 ? MAX_DELAY : delay;
    }
}
