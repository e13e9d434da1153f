package dev.smsrunner.cli.console;

import dev.smsrunner.ledger.StageCounts;
import dev.smsrunner.report.EndEstimate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Estimates the remaining time of a run from the rows that have ended since the first call. */
final class EtaEstimator {

    private static final Duration MIN_ELAPSED = Duration.ofSeconds(30);

    private final Clock clock;
    private @Nullable Instant since;
    private int endedBefore;

    EtaEstimator(Clock clock) {
        this.clock = clock;
    }

    /** Remaining time at the rate so far; empty without an estimate, while every open row waits, and when all rows have ended. */
    Optional<Duration> remaining(StageCounts counts) {
        var total = counts.total();
        if (since == null) {
            since = clock.instant();
            endedBefore = total.closedRows();
        }
        int waiting =
                EndEstimate.waitingStages().stream().mapToInt(total::count).sum();
        if (total.openRows() == waiting) {
            return Optional.empty();
        }
        var elapsed = Duration.between(since, clock.instant());
        return EndEstimate.remaining(elapsed, MIN_ELAPSED, total.closedRows() - endedBefore, total.openRows());
    }
}
