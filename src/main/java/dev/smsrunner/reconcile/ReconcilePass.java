package dev.smsrunner.reconcile;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.intent.Backoff;
import dev.smsrunner.ledger.AttentionCause;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/**
 * One round of the drive: look at all, decide each, write down, act.
 *
 * @param <O> what the course sees of a row
 */
final class ReconcilePass<O extends ObservedResource> {

    private final JobReconciler<O> course;
    private final Ledger ledger;
    private final FencedRun owner;
    private final Backoff backoff;
    private final Clock clock;
    private final RowCache board;
    private final PassActions turn;
    private final ProgressWrites progress;

    ReconcilePass(ReconcileLoop.Pulse pulse, JobReconciler<O> course, RowCache board) {
        this.course = course;
        this.ledger = pulse.ledger();
        this.owner = pulse.owner();
        this.backoff = pulse.backoff();
        this.clock = pulse.clock();
        this.board = board;
        this.turn = new PassActions(pulse, board);
        this.progress = new ProgressWrites(board.all());
    }

    /** Does what comes before the first round. */
    void begin() {
        course.begin(turn);
    }

    /**
     * Goes once around.
     *
     * @return whether more is to be done at once: calls that did not fit into this round
     */
    boolean go() {
        var wishes = new ArrayList<PendingAction>();
        var entries = new ArrayList<LedgerWrite>();
        var progressed = new ArrayList<LedgerRow>();
        for (var judged : judge()) {
            var applied = judged.applied();
            apply(judged.decision(), applied, wishes);
            board.put(applied.row());
            if (applied.entry() != null) {
                entries.add(applied.entry());
                progress.written(applied.row(), clock.instant());
            } else if (applied.progressed()) {
                progressed.add(applied.row());
            }
        }
        ledger.looked(progressed);
        ledger.writeProgress(owner, entries, progress.due(board.open(), clock.instant()));
        if (board.paused()) {
            wishes.removeIf(wished ->
                    wished.wish().begins() && !board.get(wished.row()).stage().underWay());
        }
        return course.act(wishes, turn);
    }

    /** Decides all rows, then explains the decisions: what is told of one row depends on what the look showed of the others. */
    private List<Judgement> judge() {
        var look = course.look(board.open(), clock.instant());
        var judged = new ArrayList<Judgement>();
        for (var row : board.open()) {
            var judgement = decide(row, look.apply(row));
            board.put(after(judgement));
            judged.add(judgement);
        }
        return judged.stream()
                .map(each -> new Judgement(
                        each.applied(), course.explained(each.applied().row(), each.decision())))
                .toList();
    }

    private Judgement decide(LedgerRow row, O seen) {
        var applied = new RowUpdate(row, clock.instant());
        applied.settle(course.settlement(row, seen));
        applied.see(seen);
        applied.compare(course.compared(applied.row(), seen, clock.instant()));
        return new Judgement(applied, answered(applied.row(), seen));
    }

    /** The row as the decision leaves it, where that matters to others. */
    private LedgerRow after(Judgement judged) {
        var row = judged.applied().row();
        var copy = new RowUpdate(row, clock.instant());
        if (judged.decision() instanceof Decision.Close close) {
            copy.close(close);
        } else if (judged.decision() instanceof Decision.Look look && look.stage() != row.stage()) {
            copy.look(look);
        }
        return copy.row();
    }

    /**
     * What is decided for a row.
     *
     * @param applied what was seen of it, before the decision is applied
     */
    private record Judgement(RowUpdate applied, Decision decision) {}

    private Decision answered(LedgerRow row, O seen) {
        try {
            return course.decide(row, seen, clock.instant());
        } catch (ApiException ex) {
            if (ex.kind() == CallFailureKind.DENIED) {
                throw ex;
            }
            var look = new Decision.Look(row.stage(), "could not be looked at: " + ex.getMessage());
            return course.waitFor(row, look, seen, clock.instant());
        }
    }

    private void apply(Decision decision, RowUpdate applied, List<PendingAction> wishes) {
        if (decision instanceof Decision.Look look) {
            applied.look(look);
        } else if (decision instanceof Decision.RestartLater later) {
            applied.restartLater(later, backoff, course.restarts());
        } else if (decision instanceof Decision.Close close) {
            applied.close(close);
        } else if (decision instanceof Decision.Wish wish) {
            if (wish.shows() != null) {
                var attention = applied.row().attention();
                boolean stays = AttentionCause.isOnlyTold(attention);
                applied.look(new Decision.Look(wish.shows(), stays ? attention : null));
            }
            wishes.add(new PendingAction(applied.row().row(), wish));
        }
    }
}
