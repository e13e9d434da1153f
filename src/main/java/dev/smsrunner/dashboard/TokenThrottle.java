package dev.smsrunner.dashboard;

import dev.smsrunner.support.Backoff;
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
    private static final Backoff BACKOFF = Backoff.exact(Duration.ofMillis(100), Duration.ofSeconds(10));

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
            notBefore =
                    nanos.getAsLong() + BACKOFF.delay(failures - FREE_FAILURES).toNanos();
        }
        if (failures == 2 * FREE_FAILURES || failures % 1_000 == 0) {
            log.warn("Live page received {} wrong tokens, the last from {}", failures, from);
        }
    }
}
