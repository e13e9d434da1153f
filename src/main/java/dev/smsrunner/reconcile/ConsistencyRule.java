package dev.smsrunner.reconcile;

import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.ledger.AttentionCause;
import dev.smsrunner.ledger.Consistency;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.reconcile.Decision.Finish;
import dev.smsrunner.reconcile.Decision.Wait;
import dev.smsrunner.sms.ConsistencyResult;
import dev.smsrunner.sms.DirectoryComparison;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rules of the comparison of source and target: when to read a result, its meaning, and its effect on a decision. Pure. */
public final class ConsistencyRule {

    private static final int SHOWN_DIRECTORIES = 10;
    private static final int LONGEST_NAME = 120;

    private ConsistencyRule() {}

    /** Interprets a result. Files count as equal only when all counts of all directories are known and zero. */
    static Consistency of(ConsistencyResult result, Instant readAt) {
        var detail = detail(result);
        if (result.differingFiles() > 0) {
            return new Consistency(Consistency.State.DIFFERENT, result.differingFiles(), detail, readAt);
        }
        return result.isComplete()
                ? new Consistency(Consistency.State.SAME, 0, detail, readAt)
                : new Consistency(
                        Consistency.State.NOT_CHECKED, 0, "the result of SMS is not understood: " + detail, readAt);
    }

    /**
     * Whether to read the result now. It is read when the list reports one, once more after the launch, and from time to
     * time while a difference blocks the launch.
     *
     * @param exists {@code is_consistency_result_exist} of the list; null when the list does not show it
     * @param lastRead time of the latest read, null before the first
     */
    public static boolean shouldRead(
            LedgerRow row,
            Observation observed,
            @Nullable Boolean exists,
            @Nullable Instant lastRead,
            DecisionPolicy policy,
            Instant now) {
        var known = row.consistency();
        if (known == null
                || row.stage() == Stage.PLANNED
                || !String.valueOf(row.taskId()).equals(observed.taskId())) {
            return false;
        }
        boolean mayReadAgain = lastRead == null || !now.isBefore(lastRead.plus(policy.resultWait()));
        if (known.state() == Consistency.State.PENDING) {
            boolean expected = exists == null ? isAtEnd(observed, policy) : exists;
            return expected && mayReadAgain && (observed.phase() == MigrationPhase.SYNCED || isAtEnd(observed, policy));
        }
        if (observed.phase() == MigrationPhase.FINISHED) {
            var launched = row.milestones().launchedAt();
            return !Boolean.FALSE.equals(exists)
                    && (launched == null || known.at() == null || known.at().isBefore(launched));
        }
        return holdsLaunch(known, policy)
                && observed.phase() == MigrationPhase.SYNCED
                && mayReadAgain
                && Boolean.TRUE.equals(exists);
    }

    /** Whether the observation is the end state of a row. */
    public static boolean isAtEnd(Observation observed, DecisionPolicy policy) {
        return observed.phase() == MigrationPhase.FINISHED
                || observed.phase() == MigrationPhase.SYNCED && policy.when() == CutoverSettings.LaunchMode.MANUAL;
    }

    /** Applies the comparison to a decision. */
    public static Decision of(
            Decision decision, LedgerRow row, Observation observed, DecisionPolicy policy, Instant now) {
        var found = row.consistency();
        if (found == null) {
            return decision;
        }
        if (decision instanceof Decision.Launch && holdsLaunch(found, policy)) {
            return holdBack(row, found, observed, policy, now);
        }
        if (decision instanceof Finish finish) {
            return finish.outcome().isSuccess()
                    ? ofSuccess(finish, found, policy, now)
                    : ofFailure(finish, found, observed, policy);
        }
        return decision;
    }

    /** Objection of the comparison to a launch that an operator requests; empty when there is none. */
    public static Optional<String> launchObjection(LedgerRow row, DecisionPolicy policy) {
        return differenceHoldingLaunch(row, policy)
                .map(found -> "%s differs from its source: %s".formatted(row.label(), found.sentence()));
    }

    private static Decision holdBack(
            LedgerRow row, Consistency found, Observation observed, DecisionPolicy policy, Instant now) {
        var wait = StallPolicy.ofMigration(policy)
                .waitOrGiveUp(row, Stage.SYNCING, AttentionCause.CONSISTENCY.text(found.finding()), observed, now);
        return wait instanceof Finish finish
                ? new Finish(Outcome.NOT_LAUNCHED, finish.reason(), finish.failure())
                : wait;
    }

    private static Decision ofSuccess(Finish finish, Consistency found, DecisionPolicy policy, Instant now) {
        boolean waits = found.state() == Consistency.State.PENDING
                && (found.at() == null || now.isBefore(found.at().plus(policy.resultWait())));
        if (waits) {
            return new Wait(finish.outcome() == Outcome.MIGRATED ? Stage.LAUNCHING : Stage.SYNCING, null);
        }
        if (finish.outcome() != Outcome.MIGRATED || !holdsLaunch(found, policy)) {
            return finish;
        }
        var text = "launched, " + found.sentence();
        return Finish.failed(
                Failure.of(
                        text,
                        "OPERATOR",
                        "Compare the named directories, bring the target up to date, then run 'control retry', which reads the result again."));
    }

    /** A row that the difference blocked until it was too late fails because of the difference. */
    private static Decision ofFailure(Finish finish, Consistency found, Observation observed, DecisionPolicy policy) {
        if (!holdsLaunch(found, policy) || observed.phase() != MigrationPhase.SYNCED || finish.reason() == null) {
            return finish;
        }
        var text = "%s; it was held back, %s".formatted(finish.reason(), found.sentence());
        var why = finish.failure();
        return new Finish(finish.outcome(), text, why == null ? null : why.withText(text));
    }

    /** Difference that blocks the launch of the row; empty when none does. */
    public static Optional<Consistency> differenceHoldingLaunch(LedgerRow row, DecisionPolicy policy) {
        return Optional.ofNullable(row.consistency()).filter(found -> holdsLaunch(found, policy));
    }

    private static boolean holdsLaunch(Consistency found, DecisionPolicy policy) {
        return policy.onDifference() == CutoverSettings.OnDifference.HOLD && found.differs();
    }

    /** Directories sorted by their number of differences, largest first. */
    private static String detail(ConsistencyResult result) {
        var parts = new ArrayList<String>();
        result.directories().stream()
                .sorted(Comparator.comparingLong(DirectoryComparison::differingFiles)
                        .reversed())
                .limit(SHOWN_DIRECTORIES)
                .forEach(directory -> parts.add(figures(directory)));
        int more = result.directories().size() - SHOWN_DIRECTORIES;
        if (more > 0) {
            parts.add("%d more director%s".formatted(more, more == 1 ? "y" : "ies"));
        }
        if (result.text() != null) {
            parts.add(result.text());
        }
        if (result.finishedTime() != null) {
            parts.add("compared " + Instant.ofEpochMilli(result.finishedTime()));
        }
        return parts.isEmpty() ? "no directory was compared" : String.join("; ", parts);
    }

    private static String figures(DirectoryComparison directory) {
        return "%s: %s different, %s missing, %s more of %s"
                .formatted(
                        shorten(directory.directory()),
                        format(directory.different()),
                        format(directory.missing()),
                        format(directory.more()),
                        format(directory.total()));
    }

    private static String format(@Nullable Long count) {
        return count == null ? "?" : count.toString();
    }

    private static String shorten(String name) {
        return name.length() <= LONGEST_NAME ? name : "…" + name.substring(name.length() - LONGEST_NAME);
    }
}
