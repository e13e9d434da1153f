package dev.smsrunner.reconcile;

import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.ledger.AttentionCause;
import dev.smsrunner.ledger.Consistency;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.reconcile.Decision.Close;
import dev.smsrunner.reconcile.Decision.Look;
import dev.smsrunner.sms.ConsistencyResult;
import dev.smsrunner.sms.DirectoryComparison;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** When the comparison of source and target is read, what it says, and what it changes in a decision; pure. */
final class ConsistencyRule {

    private static final int SHOWN_DIRECTORIES = 10;
    private static final int LONGEST_NAME = 120;

    private ConsistencyRule() {}

    /** What the result says. Files count as the same only when all counts of all directories are known and zero. */
    static Consistency of(ConsistencyResult result, Instant readAt) {
        var detail = detail(result);
        if (result.differing() > 0) {
            return new Consistency(Consistency.State.DIFFERENT, result.differing(), detail, readAt);
        }
        return result.complete()
                ? new Consistency(Consistency.State.SAME, 0, detail, readAt)
                : new Consistency(
                        Consistency.State.NOT_CHECKED, 0, "the result of SMS is not understood: " + detail, readAt);
    }

    /**
     * Whether the result is to be read now. It is read when the list says that there is one, once more after the launch, and,
     * while a difference holds the launch back, now and then.
     *
     * @param exists {@code is_consistency_result_exist} of the list; null when the list does not say
     * @param asked when it was asked for the last time, null when it was not
     */
    static boolean toRead(
            LedgerRow row,
            Observation seen,
            @Nullable Boolean exists,
            @Nullable Instant asked,
            DecisionPolicy policy,
            Instant now) {
        var known = row.consistency();
        if (known == null
                || row.stage() == Stage.PLANNED
                || !String.valueOf(row.taskId()).equals(seen.taskId())) {
            return false;
        }
        boolean rested = asked == null || !now.isBefore(asked.plus(policy.resultWait()));
        if (known.state() == Consistency.State.PENDING) {
            boolean there = exists == null ? ends(seen, policy) : exists;
            return there && rested && (seen.situation() == MigrationPhase.SYNCED || ends(seen, policy));
        }
        if (seen.situation() == MigrationPhase.FINISHED) {
            var launched = row.milestones().launchedAt();
            return !Boolean.FALSE.equals(exists)
                    && (launched == null || known.at() == null || known.at().isBefore(launched));
        }
        return holds(row, policy) && seen.situation() == MigrationPhase.SYNCED && rested && Boolean.TRUE.equals(exists);
    }

    /** Whether what is seen is where the row ends. */
    static boolean ends(Observation seen, DecisionPolicy policy) {
        return seen.situation() == MigrationPhase.FINISHED
                || seen.situation() == MigrationPhase.SYNCED && policy.when() == CutoverSettings.When.MANUAL;
    }

    /** The decision with what the comparison makes of it. */
    static Decision of(Decision decision, LedgerRow row, Observation seen, DecisionPolicy policy, Instant now) {
        if (row.consistency() == null) {
            return decision;
        }
        if (decision instanceof Decision.Launch && holds(row, policy)) {
            return heldBack(row, row.consistency(), seen, policy, now);
        }
        if (decision instanceof Close close) {
            return close.outcome().success()
                    ? ofSuccess(close, row, row.consistency(), policy, now)
                    : ofFailure(close, row, seen, policy);
        }
        return decision;
    }

    /** What speaks against a launch that a person asks for; empty when nothing does. */
    static Optional<String> against(LedgerRow row, DecisionPolicy policy) {
        return holds(row, policy)
                ? Optional.of("%s differs from its source: %s"
                        .formatted(row.label(), row.consistency().sentence()))
                : Optional.empty();
    }

    private static Decision heldBack(
            LedgerRow row, Consistency found, Observation seen, DecisionPolicy policy, Instant now) {
        var look = new StallPolicy(policy, "the migration itself was not touched")
                .look(row, Stage.SYNCING, AttentionCause.CONSISTENCY.text(found.finding()), seen, now);
        return look instanceof Close close ? new Close(Outcome.NOT_LAUNCHED, close.reason(), close.failure()) : look;
    }

    private static Decision ofSuccess(
            Close close, LedgerRow row, Consistency found, DecisionPolicy policy, Instant now) {
        boolean waits = found.state() == Consistency.State.PENDING
                && (found.at() == null || now.isBefore(found.at().plus(policy.resultWait())));
        if (waits) {
            return new Look(close.outcome() == Outcome.MIGRATED ? Stage.LAUNCHING : Stage.SYNCING, null);
        }
        if (close.outcome() != Outcome.MIGRATED || !holds(row, policy)) {
            return close;
        }
        var text = "launched, " + found.sentence();
        return new Close(
                Outcome.FAILED,
                text,
                new Failure(
                        null,
                        text,
                        "OPERATOR",
                        "Compare the named directories, bring the target up to date, then run 'control retry', which reads the result again.",
                        null));
    }

    /** A server that was held back until it was too late has failed because of that. */
    private static Decision ofFailure(Close close, LedgerRow row, Observation seen, DecisionPolicy policy) {
        if (!holds(row, policy) || seen.situation() != MigrationPhase.SYNCED || close.reason() == null) {
            return close;
        }
        var text = "%s; it was held back, %s"
                .formatted(close.reason(), row.consistency().sentence());
        var why = close.failure();
        return new Close(
                close.outcome(),
                text,
                why == null
                        ? null
                        : new Failure(why.code(), text, why.errorClass(), why.recommendedAction(), why.requestId()));
    }

    /** Whether a difference holds the launch of the row. */
    static boolean holds(LedgerRow row, DecisionPolicy policy) {
        return policy.onDifference() == CutoverSettings.OnDifference.HOLD
                && row.consistency() != null
                && row.consistency().differs();
    }

    /** The directories with the most differences first. */
    private static String detail(ConsistencyResult result) {
        var parts = new ArrayList<String>();
        result.directories().stream()
                .sorted(Comparator.comparingLong(DirectoryComparison::differing).reversed())
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
                        shortly(directory.directory()),
                        said(directory.different()),
                        said(directory.missing()),
                        said(directory.more()),
                        said(directory.total()));
    }

    private static String said(@Nullable Long count) {
        return count == null ? "?" : count.toString();
    }

    private static String shortly(String name) {
        return name.length() <= LONGEST_NAME ? name : "…" + name.substring(name.length() - LONGEST_NAME);
    }
}
