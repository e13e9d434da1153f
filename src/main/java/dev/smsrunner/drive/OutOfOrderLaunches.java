package dev.smsrunner.drive;

import dev.smsrunner.cutover.Obstacle;
import dev.smsrunner.cutover.Release;
import dev.smsrunner.cutover.RunSnapshot;
import dev.smsrunner.ledger.Entry;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Stage;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
    private final Set<Integer> judged = new HashSet<>();

    OutOfOrderLaunches(Board board) {
        this.board = board;
        board.all().stream().filter(row -> !row.open()).map(Migration::row).forEach(judged::add);
    }

    /** The rows whose target is being launched, not by this run, against the order; each is told of once. */
    List<Entry> found(RunSnapshot run) {
        var entries = new ArrayList<Entry>();
        for (var row : board.all()) {
            if (row.stage() == Stage.LAUNCHING
                    && !isOurs(row)
                    && judged.add(row.row())
                    && told(row).isEmpty()) {
                against(row, run).map(words -> entry(row, words)).ifPresent(entries::add);
            }
        }
        return entries;
    }

    private static Entry entry(Migration row, String words) {
        var attention = beside(row.attention(), words);
        var event = EventDraft.ofRow(row, EventKind.ATTENTION, row.attention(), attention, null);
        return Entry.of(row.withAttention(attention), List.of(event));
    }

    /**
     * The decision with what is told of the launch of the row.
     *
     * @param run the rows as they were before the look that was decided on
     */
    Decision explained(Migration row, Decision decision, RunSnapshot run) {
        if (decision instanceof Decision.Look look) {
            return told(row)
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

    private Optional<String> ending(Migration row, Decision.Close close, RunSnapshot run) {
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
    private static Optional<String> unseen(Migration row, RunSnapshot run) {
        return row.stage() == Stage.LAUNCHING || isOurs(row) ? Optional.empty() : against(row, run);
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

    private static Optional<String> against(Migration row, RunSnapshot run) {
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
     * page of the API shows which kind a task is: the row then goes from its copy to its launch and was never in sync.
     */
    private static String how(Migration row) {
        var done = row.milestones();
        boolean neverInSync = done.replicatedAt() == null || Objects.equals(done.replicatedAt(), done.launchedAt());
        return row.attempts() > 0 && neverInSync
                ? ": SMS launched it by itself at the end of the copy, since its task was created without continuous sync"
                : ", not by this run";
    }
}
