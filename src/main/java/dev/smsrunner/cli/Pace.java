package dev.smsrunner.cli;

import dev.smsrunner.ledger.Tally;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Estimates the end of a run from how fast its rows were closed since we look at it. */
final class Pace {

    private static final Duration TOO_SHORT = Duration.ofSeconds(30);
    private static final int TOO_FEW = 3;

    private final Clock clock;
    private @Nullable Instant since;
    private int closedBefore;

    Pace(Clock clock) {
        this.clock = clock;
    }

    /** How long it will take at the pace so far; empty while too little is known, and when all is done. */
    Optional<Duration> left(Tally tally) {
        var total = tally.total();
        if (since == null) {
            since = clock.instant();
            closedBefore = total.closed();
        }
        var looked = Duration.between(since, clock.instant());
        int closed = total.closed() - closedBefore;
        if (total.open() == 0 || closed < TOO_FEW || looked.compareTo(TOO_SHORT) < 0) {
            return Optional.empty();
        }
        return Optional.of(looked.multipliedBy(total.open()).dividedBy(closed));
    }
}
