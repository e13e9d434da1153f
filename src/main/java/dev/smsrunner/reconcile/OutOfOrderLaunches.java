package dev.smsrunner.reconcile;

import dev.smsrunner.cutover.CutoverSnapshot;
import dev.smsrunner.cutover.LaunchDecider;
import dev.smsrunner.cutover.Obstacle;
import dev.smsrunner.ledger.AttentionCause;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Tells of targets that were launched against the order: those that SMS or a person launched, which the run adopts, and those
 * that it launched by force. What is told stands beside any other attention of the row, and in the reason of its end.
 */
final class OutOfOrderLaunches {

    private static final String NEXT = "; ";

    private final RowCache board;
    private final Predicate<LedgerRow> isCreatedByRun;

    /** @param isCreatedByRun whether the task of a row was created by this run */
    OutOfOrderLaunches(RowCache board, Predicate<LedgerRow> isCreatedByRun) {
        this.board = board;
        this.isCreatedByRun = isCreatedByRun;
    }

    /**
     * The decision with what is told of the launch of the row. A launch is judged once: when it is seen first, which the stage of
     * the row tells, or the end of the row.
     *
     * @param row as it was before the decision
     * @param run the rows as the look showed them
     * @param now when the launch is judged
     */
    Decision explained(LedgerRow row, Decision decision, Supplier<CutoverSnapshot> run, Instant now) {
        if (decision instanceof Decision.Look look) {
            return told(row)
                    .or(() -> begun(row, look, run, now))
                    .<Decision>map(words -> new Decision.Look(look.stage(), beside(look.attention(), words)))
                    .orElse(decision);
        }
        return decision instanceof Decision.Close close ? ended(row, close, run, now) : decision;
    }

    /** Of a launch that the look shows for the first time. */
    private Optional<String> begun(LedgerRow row, Decision.Look look, Supplier<CutoverSnapshot> run, Instant now) {
        boolean begins = look.stage() == Stage.LAUNCHING && row.stage() != Stage.LAUNCHING;
        return begins && !isOurs(row) ? against(row, run.get(), now) : Optional.empty();
    }

    /** What a launch broke remains for a person's eyes after the end; what a person forced is a reason only. */
    private Decision ended(LedgerRow row, Decision.Close close, Supplier<CutoverSnapshot> run, Instant now) {
        boolean launched = close.outcome() == Outcome.MIGRATED;
        if (!launched && close.outcome() != Outcome.FAILED) {
            return close;
        }
        var broken = launched ? told(row).or(() -> unseen(row, run, now)) : told(row);
        var attention = launched ? broken.orElse(null) : null;
        return broken.or(() -> forced(row))
                .<Decision>map(words ->
                        new Decision.Close(close.outcome(), beside(close.reason(), words), close.failure(), attention))
                .orElse(close);
    }

    /** What was told of the launch already; it is the last part of the attention. */
    private static Optional<String> told(LedgerRow row) {
        var attention = row.attention() == null ? "" : row.attention();
        if (AttentionCause.UNAGREED_LAUNCH.stream().anyMatch(attention::startsWith)) {
            return Optional.of(attention);
        }
        return AttentionCause.UNAGREED_LAUNCH.stream()
                .map(words -> attention.indexOf(NEXT + words))
                .filter(at -> at >= 0)
                .min(Integer::compare)
                .map(at -> attention.substring(at + NEXT.length()));
    }

    private static String beside(@Nullable String other, String words) {
        return other == null || other.equals(words)
                ? words
                : other.endsWith(NEXT + words) ? other : other + NEXT + words;
    }

    /** Of a launch that began and ended between two looks. */
    private Optional<String> unseen(LedgerRow row, Supplier<CutoverSnapshot> run, Instant now) {
        return row.stage() == Stage.LAUNCHING || isOurs(row) ? Optional.empty() : against(row, run.get(), now);
    }

    /** What a person let this run override, where the launch was sent. */
    private Optional<String> forced(LedgerRow row) {
        return isOurs(row) ? Optional.ofNullable(board.steering().overridden().get(row.row())) : Optional.empty();
    }

    private static boolean isOurs(LedgerRow row) {
        var call = row.call();
        return call != null
                && call.operation() == Operation.LAUNCH
                && (call.state().executed() || call.state().undecided());
    }

    private Optional<String> against(LedgerRow row, CutoverSnapshot run, Instant seenAt) {
        boolean bySms = isBySms(row);
        var broken = Stream.of(order(row, run), LaunchTerms.against(run.plan(), bySms, seenAt))
                .flatMap(Optional::stream)
                .collect(Collectors.joining(NEXT));
        return broken.isEmpty() ? Optional.empty() : Optional.of(broken + how(bySms));
    }

    private static Optional<String> order(LedgerRow row, CutoverSnapshot run) {
        boolean judgedAtItsStart = run.plan().holdsStarts() && row.attempts() > 0;
        return judgedAtItsStart
                ? Optional.empty()
                : LaunchDecider.order(row, run).map(obstacle -> what(obstacle) + obstacle.text());
    }

    private static String what(Obstacle obstacle) {
        return "launched before " + (obstacle.kind() == Obstacle.Kind.AFTER ? "the end of " : "its dependency ");
    }

    private static String how(boolean bySms) {
        return bySms
                ? ": SMS launched it by itself at the end of the copy, since its task was created without continuous sync"
                : ", not by this run";
    }

    /**
     * An operator launches a server that is kept in sync. SMS launches the others by itself at the end of the copy, and no
     * page of the API shows which kind a task is: the row then goes from its copy to its launch and was never in sync. Of a task
     * that this run created the kind is known. A server that was launching already when it was seen first was launched by anybody.
     */
    private boolean isBySms(LedgerRow row) {
        var done = row.milestones();
        boolean neverInSync = done.replicatedAt() == null || Objects.equals(done.replicatedAt(), done.launchedAt());
        boolean wasCopying = row.attempts() > 0 || row.stage() == Stage.STARTED || row.stage() == Stage.REPLICATING;
        return neverInSync && wasCopying && !isCreatedByRun.test(row);
    }
}
