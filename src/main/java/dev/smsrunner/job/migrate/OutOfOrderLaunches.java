package dev.smsrunner.job.migrate;

import dev.smsrunner.cutover.CutoverSnapshot;
import dev.smsrunner.cutover.LaunchDecider;
import dev.smsrunner.cutover.LaunchGates;
import dev.smsrunner.cutover.Obstacle;
import dev.smsrunner.ledger.AttentionCause;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.RowCache;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reports targets that were launched against the order: launches by SMS or an operator, which the run adopts, and forced
 * launches. The report is kept beside any other attention of the row, and in the reason of its end.
 *
 * @param isCreatedByRun whether the task of a row was created by this run
 */
record OutOfOrderLaunches(RowCache rowCache, Predicate<LedgerRow> isCreatedByRun) {

    private static final String SEPARATOR = "; ";

    /**
     * Adds a report of the row's launch to the decision. A launch is judged once: at its first observation, which the stage
     * of the row or its end shows.
     *
     * @param row state before the decision
     * @param snapshot rows as observed
     * @param now time of the judgement
     */
    Decision explain(LedgerRow row, Decision decision, Supplier<CutoverSnapshot> snapshot, Instant now) {
        if (decision instanceof Decision.Wait wait) {
            return reported(row)
                    .or(() -> newLaunch(row, wait, snapshot, now))
                    .<Decision>map(text -> new Decision.Wait(wait.stage(), append(wait.attention(), text)))
                    .orElse(decision);
        }
        return decision instanceof Decision.Finish finish ? explainFinish(row, finish, snapshot, now) : decision;
    }

    /** Violation of a launch that was observed for the first time. */
    private Optional<String> newLaunch(
            LedgerRow row, Decision.Wait wait, Supplier<CutoverSnapshot> snapshot, Instant now) {
        boolean isNew = wait.stage() == Stage.LAUNCHING && row.stage() != Stage.LAUNCHING;
        return isNew && !row.hasSentLaunch() ? violation(row, snapshot.get(), now) : Optional.empty();
    }

    /** A violation needs attention also after the end; a forced launch is only a reason. */
    private Decision explainFinish(
            LedgerRow row, Decision.Finish finish, Supplier<CutoverSnapshot> snapshot, Instant now) {
        boolean launched = finish.outcome() == Outcome.MIGRATED;
        if (!launched && finish.outcome() != Outcome.FAILED) {
            return finish;
        }
        var broken = launched ? reported(row).or(() -> unobservedLaunch(row, snapshot, now)) : reported(row);
        var attention = launched ? broken.orElse(null) : null;
        return broken.or(() -> forcedLaunch(row))
                .<Decision>map(text -> new Decision.Finish(
                        finish.outcome(), append(finish.reason(), text), finish.failure(), attention))
                .orElse(finish);
    }

    /** Earlier report of the launch; it is the last part of the attention. */
    private static Optional<String> reported(LedgerRow row) {
        var attention = row.attention() == null ? "" : row.attention();
        if (AttentionCause.LAUNCH_VIOLATIONS.stream().anyMatch(attention::startsWith)) {
            return Optional.of(attention);
        }
        return AttentionCause.LAUNCH_VIOLATIONS.stream()
                .map(text -> attention.indexOf(SEPARATOR + text))
                .filter(at -> at >= 0)
                .min(Integer::compare)
                .map(at -> attention.substring(at + SEPARATOR.length()));
    }

    private static String append(@Nullable String other, String text) {
        return other == null || other.equals(text)
                ? text
                : other.endsWith(SEPARATOR + text) ? other : other + SEPARATOR + text;
    }

    /** Violation of a launch that started and ended between two observations. */
    private Optional<String> unobservedLaunch(LedgerRow row, Supplier<CutoverSnapshot> snapshot, Instant now) {
        return row.stage() == Stage.LAUNCHING || row.hasSentLaunch()
                ? Optional.empty()
                : violation(row, snapshot.get(), now);
    }

    /** Overridden obstacles of a forced launch that this run sent. */
    private Optional<String> forcedLaunch(LedgerRow row) {
        return row.hasSentLaunch()
                ? Optional.ofNullable(rowCache.controls().overridden().get(row.row()))
                : Optional.empty();
    }

    private Optional<String> violation(LedgerRow row, CutoverSnapshot snapshot, Instant observedAt) {
        boolean bySms = isBySms(row);
        var broken = Stream.of(
                        orderViolation(row, snapshot),
                        LaunchTerms.violation(row, snapshot.plan(), bySms, observedAt),
                        gateViolation(row, snapshot, observedAt))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(SEPARATOR));
        return broken.isEmpty() ? Optional.empty() : Optional.of(broken + origin(bySms));
    }

    private static Optional<String> orderViolation(LedgerRow row, CutoverSnapshot snapshot) {
        boolean judgedAtItsStart = snapshot.plan().holdsStarts() && row.attempts() > 0;
        return judgedAtItsStart
                ? Optional.empty()
                : LaunchDecider.order(row, snapshot).map(obstacle -> prefix(obstacle) + obstacle.text());
    }

    private static Optional<String> gateViolation(LedgerRow row, CutoverSnapshot snapshot, Instant observedAt) {
        boolean judgedAtItsStart = snapshot.plan().holdsStarts() && row.attempts() > 0;
        return judgedAtItsStart
                ? Optional.empty()
                : new LaunchGates(snapshot, observedAt)
                        .findClosedBeforeLaunch(row)
                        .map(obstacle -> "launched although " + obstacle.text());
    }

    private static String prefix(Obstacle obstacle) {
        return "launched before " + (obstacle.kind() == Obstacle.Kind.AFTER ? "the end of " : "its dependency ");
    }

    private static String origin(boolean bySms) {
        return bySms
                ? ": SMS launched it by itself at the end of the copy, since its task was created without continuous sync"
                : ", not by this run";
    }

    /**
     * Whether SMS launched the target by itself. An operator launches a server that is kept in sync. SMS launches the others
     * at the end of the copy, and no page of the API shows the kind of a task: such a row goes from its copy to its launch
     * without having been in sync. The kind of a task that this run created is known. The origin of a launch from before the
     * first observation is unknown.
     */
    private boolean isBySms(LedgerRow row) {
        var milestones = row.milestones();
        boolean neverInSync =
                milestones.replicatedAt() == null || Objects.equals(milestones.replicatedAt(), milestones.launchedAt());
        boolean wasCopying = row.attempts() > 0 || row.stage() == Stage.STARTED || row.stage() == Stage.REPLICATING;
        return neverInSync && wasCopying && !isCreatedByRun.test(row);
    }
}
