package dev.smsrunner.drive;

import dev.smsrunner.jobfile.Cutover;
import dev.smsrunner.jobfile.JobFile;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the job file says about decisions.
 *
 * @param restarts how often a failed task is started again
 * @param stalledAfter without any change for so long, a server is called stalled
 * @param giveUpAfter without any change for so long, its row is given up; null means never
 * @param grace so long after a call without a clear answer an observation may conclude that it was not carried out; longer
 *     than the deadline of a write, since the service may still be at it
 * @param settle so long after an accepted call an observation may still show the state before it
 */
public record Policy(
        Cutover.When when,
        Cutover.@Nullable Window window,
        int restarts,
        Duration stalledAfter,
        @Nullable Duration giveUpAfter,
        Duration grace,
        Duration settle) {

    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final Duration SHORTEST_SETTLE = Duration.ofSeconds(1);
    private static final Duration LONGEST_SETTLE = Duration.ofSeconds(10);

    /** The policy of a job. */
    public static Policy of(JobFile job) {
        return new Policy(
                job.cutover().when(),
                job.cutover().window(),
                job.retry().restarts(),
                job.watch().stalledAfter(),
                job.watch().giveUpAfter(),
                GRACE,
                settle(job.watch().every()));
    }

    /** The same for a server that a person wants to be launched: the window holds for it too. */
    Policy released() {
        return new Policy(Cutover.When.SYNCED, window, restarts, stalledAfter, giveUpAfter, grace, settle);
    }

    /** Whether a launch is allowed at that instant. */
    boolean mayLaunchAt(Instant now) {
        return window == null || window.isOpenAt(now);
    }

    /** Whether no launch will be allowed any more. */
    boolean missedAt(Instant now) {
        return window != null && window.isOverAt(now);
    }

    private static Duration settle(Duration every) {
        var some = every.multipliedBy(3);
        if (some.compareTo(SHORTEST_SETTLE) < 0) {
            return SHORTEST_SETTLE;
        }
        return some.compareTo(LONGEST_SETTLE) > 0 ? LONGEST_SETTLE : some;
    }
}
