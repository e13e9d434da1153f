package dev.smsrunner.reconcile;

import dev.smsrunner.jobfile.CutoverSettings;
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
 * @param onDifference what happens to a server whose files differ from those of its source
 * @param resultWait so long a migration that has ended waits for the result of its comparison
 */
public record DecisionPolicy(
        CutoverSettings.When when,
        CutoverSettings.@Nullable Window window,
        int restarts,
        Duration stalledAfter,
        @Nullable Duration giveUpAfter,
        Duration grace,
        Duration settle,
        CutoverSettings.OnDifference onDifference,
        Duration resultWait) {

    /**
     * How long an accepted start may take until the task shows it: as long as the vendor's Terraform provider waits for READY to
     * become RUNNING (resource_huaweicloud_sms_task.go, 2026-08-21).
     */
    public static final Duration START_SHOWS = Duration.ofMinutes(5);

    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final Duration SHORTEST_SETTLE = Duration.ofSeconds(1);
    private static final Duration LONGEST_SETTLE = Duration.ofSeconds(10);

    /** Looks that a migration that has ended waits for the result of its comparison. */
    private static final int LOOKS_FOR_RESULT = 10;

    private static final Duration LONGEST_RESULT_WAIT = Duration.ofMinutes(5);

    /** A policy by which servers whose files differ are launched. */
    public DecisionPolicy(
            CutoverSettings.When when,
            CutoverSettings.@Nullable Window window,
            int restarts,
            Duration stalledAfter,
            @Nullable Duration giveUpAfter,
            Duration grace,
            Duration settle) {
        this(
                when,
                window,
                restarts,
                stalledAfter,
                giveUpAfter,
                grace,
                settle,
                CutoverSettings.OnDifference.WARN,
                LONGEST_RESULT_WAIT);
    }

    /** The policy of a job. */
    public static DecisionPolicy of(JobFile job) {
        return new DecisionPolicy(
                job.cutover().when(),
                job.cutover().window(),
                job.retry().restarts(),
                job.watch().stalledAfter(),
                job.watch().giveUpAfter(),
                GRACE,
                settle(job.watch().every()),
                job.cutover().onDifference(),
                resultWait(job.watch().every()));
    }

    /** The same for a server that a person wants to be launched: the window holds for it too. */
    DecisionPolicy released() {
        return with(CutoverSettings.When.SYNCED, onDifference);
    }

    /** The same for one that a person wants to be launched whatever speaks against it: a difference of its files does not. */
    DecisionPolicy forced() {
        return with(CutoverSettings.When.SYNCED, CutoverSettings.OnDifference.WARN);
    }

    private DecisionPolicy with(CutoverSettings.When whenLaunched, CutoverSettings.OnDifference whatThen) {
        return new DecisionPolicy(
                whenLaunched, window, restarts, stalledAfter, giveUpAfter, grace, settle, whatThen, resultWait);
    }

    /** Whether a launch is allowed at that instant. */
    boolean mayLaunchAt(Instant now) {
        return window == null || window.isOpenAt(now);
    }

    /** Whether no launch will be allowed any more. */
    boolean missedAt(Instant now) {
        return window != null && window.isOverAt(now);
    }

    private static Duration resultWait(Duration every) {
        var some = every.multipliedBy(LOOKS_FOR_RESULT);
        return some.compareTo(LONGEST_RESULT_WAIT) > 0 ? LONGEST_RESULT_WAIT : some;
    }

    private static Duration settle(Duration every) {
        var some = every.multipliedBy(3);
        if (some.compareTo(SHORTEST_SETTLE) < 0) {
            return SHORTEST_SETTLE;
        }
        return some.compareTo(LONGEST_SETTLE) > 0 ? LONGEST_SETTLE : some;
    }
}
