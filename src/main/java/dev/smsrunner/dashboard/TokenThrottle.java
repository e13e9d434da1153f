package dev.smsrunner.dashboard;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes guessing slow: after some wrong tokens each further wrong one is answered only after a while, up to ten seconds. The
 * right token never waits, so that a program that guesses cannot lock the operator out.
 */
final class TokenThrottle {

    private static final Logger log = LoggerFactory.getLogger(TokenThrottle.class);
    private static final int FREE = 5;
    private static final int DOUBLINGS = 7;
    private static final Duration FIRST = Duration.ofMillis(100);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    private final LongSupplier nanos;
    private int wrong;
    private long notBefore;

    TokenThrottle(LongSupplier nanos) {
        this.nanos = nanos;
        this.notBefore = nanos.getAsLong();
    }

    /** How long no further guess is taken; zero when one is. */
    synchronized Duration left() {
        long left = notBefore - nanos.getAsLong();
        return left <= 0 ? Duration.ZERO : Duration.ofNanos(left);
    }

    /** A wrong token was tried. */
    synchronized void wrong(String from) {
        wrong++;
        if (wrong > FREE) {
            notBefore = nanos.getAsLong() + delay().toNanos();
        }
        if (wrong == 2 * FREE || wrong % 1_000 == 0) {
            log.warn("{} wrong tokens were tried on the live page, the last from {}", wrong, from);
        }
    }

    private Duration delay() {
        var delay = FIRST.multipliedBy(1L << Math.min(DOUBLINGS, wrong - FREE - 1));
        return delay.compareTo(LONGEST) > 0 ? LONGEST : delay;
    }
}
