package dev.smsrunner.drive;

import dev.smsrunner.cutover.Obstacle;
import dev.smsrunner.cutover.Release;
import dev.smsrunner.cutover.RunSnapshot;
import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Stage;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells of targets that were launched against the order: those that SMS or a person launched, which the run adopts, and those
 * that it launched by force. What is told stands beside any other attention of the row, and in the reason of its end.
 */
final class OutOfOrderLaunches {

    /** How it begins to tell of a launch that was not this run's. */
    private static final String WORDS = "launched before ";

    private static final String NEXT = "; ";

    private final Board board;
    private final Predicate<Migration> isCreatedByRun;

    /** @param isCreatedByRun whether the task of a row was created by this run */
    OutOfOrderLaunches(Board board, Predicate<Migration> isCreatedByRun) {
        this.board = board;
        this.isCreatedByRun = isCreatedByRun;
    }

    /**
     * The decision with what is told of the launch of the row. A launch is judged once: when it is seen first, which the stage of
     * the row tells, or the end of the row.
     *
     * @param row as it was before the decision
     * @param run the rows as the look showed them
     */
    Decision explained(Migration row, Decision decision, Supplier<RunSnapshot> run) {
        if (decision instanceof Decision.Look look) {
            return told(row)
                    .or(() -> begun(row, look, run))
                    .<Decision>map(words -> new Decision.Look(look.stage(), beside(look.attention(), words)))
                    .orElse(decision);
        }
        return decision instanceof Decision.Close close
                ? ending(row, close, run)
                        .<Decision>map(words ->
                                new Decision.Close(close.outcome(), beside(close.reason(), words), close.failure()))
                        .orElse(decision)
                : decision;
    }

    /** Of a launch that the look shows for the first time. */
    private Optional<String> begun(Migration row, Decision.Look look, Supplier<RunSnapshot> run) {
        boolean begins = look.stage() == Stage.LAUNCHING && row.stage() != Stage.LAUNCHING;
        return begins && !isOurs(row) ? against(row, run.get()) : Optional.empty();
    }

    private Optional<String> ending(Migration row, Decision.Close close, Supplier<RunSnapshot> run) {
        return switch (close.outcome()) {
            case MIGRATED -> told(row).or(() -> unseen(row, run)).or(() -> forced(row));
            case FAILED -> told(row).or(() -> forced(row));
            default -> Optional.empty();
        };
    }

    /** What was told of the launch already; it is the last part of the attention. */
    private static Optional<String> told(Migration row) {
        var attention = row.attention() == null ? "" : row.attention();
        if (attention.startsWith(WORDS)) {
            return Optional.of(attention);
        }
        int at = attention.indexOf(NEXT + WORDS);
        return at < 0 ? Optional.empty() : Optional.of(attention.substring(at + NEXT.length()));
    }

    private static String beside(@Nullable String other, String words) {
        return other == null || other.equals(words)
                ? words
                : other.endsWith(NEXT + words) ? other : other + NEXT + words;
    }

    /** Of a launch that began and ended between two looks. */
    private Optional<String> unseen(Migration row, Supplier<RunSnapshot> run) {
        return row.stage() == Stage.LAUNCHING || isOurs(row) ? Optional.empty() : against(row, run.get());
    }

    /** What a person let this run override, where the launch was sent. */
    private Optional<String> forced(Migration row) {
        return isOurs(row) ? Optional.ofNullable(board.steering().overridden().get(row.row())) : Optional.empty();
    }

    private static boolean isOurs(Migration row) {
        var call = row.call();
        return call != null
                && call.operation() == Operation.LAUNCH
                && (call.state().executed() || call.state().undecided());
    }

    private Optional<String> against(Migration row, RunSnapshot run) {
        boolean judgedAtItsStart = run.plan().holdsStarts() && row.attempts() > 0;
        return judgedAtItsStart
                ? Optional.empty()
                : Release.order(row, run).map(obstacle -> what(obstacle) + obstacle.text() + how(row));
    }

    private static String what(Obstacle obstacle) {
        return WORDS + (obstacle.kind() == Obstacle.Kind.AFTER ? "the end of " : "its dependency ");
    }

    /**
     * A server that is kept in sync is launched by somebody. SMS launches the others by itself at the end of the copy, and no
     * page of the API shows which kind a task is: the row then goes from its copy to its launch and was never in sync. Of a task
     * that this run created the kind is known.
     */
    private String how(Migration row) {
        var done = row.milestones();
        boolean neverInSync = done.replicatedAt() == null || Objects.equals(done.replicatedAt(), done.launchedAt());
        return row.attempts() > 0 && neverInSync && !isCreatedByRun.test(row)
                ? ": SMS launched it by itself at the end of the copy, since its task was created without continuous sync"
                : ", not by this run";
    }
}
