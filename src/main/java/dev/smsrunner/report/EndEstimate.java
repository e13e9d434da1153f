package dev.smsrunner.report;

import dev.smsrunner.ledger.Stage;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Estimate of the time until all rows of a run have ended, from the rows that have ended so far. */
public final class EndEstimate {

    private static final int MIN_ENDED = 3;

    /** A row in one of these stages may wait for something that never comes: a place, a dependency, the operator. */
    private static final Set<Stage> WAITING = EnumSet.of(Stage.TASK_READY, Stage.SYNCING);

    private EndEstimate() {}

    /** Stages in which a row may wait without any progress. */
    public static Set<Stage> waitingStages() {
        return EnumSet.copyOf(WAITING);
    }

    /**
     * Remaining time at the rate so far; empty while too few rows have ended or too little time has passed.
     *
     * @param elapsed time in which the rows ended
     * @param minElapsed shortest time that allows an estimate
     */
    public static Optional<Duration> remaining(Duration elapsed, Duration minElapsed, long ended, long open) {
        return ended < MIN_ENDED || elapsed.compareTo(minElapsed) < 0
                ? Optional.empty()
                : Optional.of(elapsed.multipliedBy(open).dividedBy(ended));
    }
}
