package dev.smsrunner.cli.console;

import dev.smsrunner.ledger.Stage;
import dev.smsrunner.ledger.StageCounts;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Estimates the end of a run from how fast its rows were closed since we look at it. */
final class EtaEstimator {

    private static final Duration TOO_SHORT = Duration.ofSeconds(30);
    private static final int TOO_FEW = 3;

    /** A row here may wait for something that never comes: a place, a dependency, a person. */
    private static final Set<Stage> WAITING = EnumSet.of(Stage.TASK_READY, Stage.SYNCING);

    private final Clock clock;
    private @Nullable Instant since;
    private int closedBefore;

    EtaEstimator(Clock clock) {
        this.clock = clock;
    }

    /** How long it will take at the pace so far; empty while too little is known, while every open row waits, and when all is done. */
    Optional<Duration> left(StageCounts tally) {
        var total = tally.total();
        if (since == null) {
            since = clock.instant();
            closedBefore = total.closedRows();
        }
        var looked = Duration.between(since, clock.instant());
        int closed = total.closedRows() - closedBefore;
        int waiting = WAITING.stream().mapToInt(total::count).sum();
        if (total.openRows() == waiting || closed < TOO_FEW || looked.compareTo(TOO_SHORT) < 0) {
            return Optional.empty();
        }
        return Optional.of(looked.multipliedBy(total.openRows()).dividedBy(closed));
    }
}
