package dev.smsrunner.reconcile;

import dev.smsrunner.cutover.RowWindows;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.jobfile.CutoverWindows;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.RowCall;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Settings of the job file for decisions.
 *
 * @param restarts maximum number of restarts of a failed task
 * @param stalledAfter time without any change after which a server counts as stalled
 * @param giveUpAfter time without any change after which a row fails; null means never
 * @param grace time after a call without a clear answer before an observation may conclude that it was not executed; longer
 *     than the deadline of a write, since the service may still be processing it
 * @param settle time after an accepted call in which an observation may still show the earlier state
 * @param onDifference treatment of a server whose files differ from the files of its source
 * @param resultWait time that an ended migration waits for the result of its comparison
 */
@RecordBuilder
public record DecisionPolicy(
        CutoverSettings.LaunchMode when,
        CutoverWindows windows,
        int restarts,
        Duration stalledAfter,
        @Nullable Duration giveUpAfter,
        Duration grace,
        Duration settle,
        CutoverSettings.OnDifference onDifference,
        Duration resultWait) {

    /**
     * Time until a task shows an accepted start: the vendor's Terraform provider waits this long for READY to become RUNNING
     * (resource_huaweicloud_sms_task.go, 2026-08-21).
     */
    public static final Duration START_VISIBLE_AFTER = Duration.ofMinutes(5);

    private static final Duration GRACE = Duration.ofSeconds(15);
    private static final Duration MIN_SETTLE = Duration.ofSeconds(1);
    private static final Duration MAX_SETTLE = Duration.ofSeconds(10);

    /** Number of observations that an ended migration waits for the result of its comparison. */
    private static final int CYCLES_FOR_RESULT = 10;

    private static final Duration MAX_RESULT_WAIT = Duration.ofMinutes(5);

    /** Policy of a job file. */
    public static DecisionPolicy of(JobFile job) {
        return new DecisionPolicy(
                job.cutover().when(),
                job.cutover().windows(),
                job.retry().restarts(),
                job.watch().stalledAfter(),
                job.watch().giveUpAfter(),
                GRACE,
                settle(job.watch().every()),
                job.cutover().onDifference(),
                resultWait(job.watch().every()));
    }

    /** Policy for a launch that an operator requested. The window still applies. */
    public DecisionPolicy forManualLaunch() {
        return DecisionPolicyBuilder.builder(this)
                .when(CutoverSettings.LaunchMode.SYNCED)
                .build();
    }

    /** Policy for a launch that an operator forced, even with different files. */
    public DecisionPolicy forForcedLaunch() {
        return DecisionPolicyBuilder.builder(forManualLaunch())
                .onDifference(CutoverSettings.OnDifference.WARN)
                .build();
    }

    /** Whether the observation may conclude that a call without a clear answer was not executed. */
    public boolean isGraceOver(RowCall call, ObservedResource observed) {
        return !observed.observedAt().isBefore(call.at().plus(grace));
    }

    /** Whether the windows of the row allow a launch at that instant. */
    public boolean mayLaunchAt(LedgerRow row, Instant now) {
        return RowWindows.of(row, windows).mayLaunchAt(now);
    }

    /** Whether all windows of the row are over. */
    public boolean isWindowMissedAt(LedgerRow row, Instant now) {
        return RowWindows.of(row, windows).isOverAt(now);
    }

    private static Duration resultWait(Duration every) {
        var wait = every.multipliedBy(CYCLES_FOR_RESULT);
        return wait.compareTo(MAX_RESULT_WAIT) > 0 ? MAX_RESULT_WAIT : wait;
    }

    private static Duration settle(Duration every) {
        var wait = every.multipliedBy(3);
        if (wait.compareTo(MIN_SETTLE) < 0) {
            return MIN_SETTLE;
        }
        return wait.compareTo(MAX_SETTLE) > 0 ? MAX_SETTLE : wait;
    }
}
