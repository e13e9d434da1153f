package dev.smsrunner.reconcile;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.ledger.AttentionCause;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.support.Backoff;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * One pass of the reconcile loop: observe all rows, decide each, write the ledger, act.
 *
 * @param <O> observation of a row
 */
final class ReconcilePass<O extends ObservedResource> {

    private final JobReconciler<O> reconciler;
    private final Ledger ledger;
    private final FencedRun owner;
    private final Backoff backoff;
    private final Clock clock;
    private final RowCache rowCache;
    private final PassActions actions;
    private final ProgressWrites progress;

    ReconcilePass(ReconcileContext context, JobReconciler<O> reconciler, RowCache rowCache) {
        this.reconciler = reconciler;
        this.ledger = context.ledger();
        this.owner = context.owner();
        this.backoff = context.backoff();
        this.clock = context.clock();
        this.rowCache = rowCache;
        this.actions = new PassActions(context, rowCache);
        this.progress = new ProgressWrites(rowCache.allRows());
    }

    /** Prepares the first pass. */
    void prepare() {
        reconciler.prepare(actions);
    }

    /**
     * Runs the pass.
     *
     * @param allowed actions that may be carried out in this pass; the next pass decides the others again
     * @return whether calls that did not fit are left for an immediate next pass
     */
    boolean run(Predicate<PendingAction> allowed) {
        var pending = new ArrayList<PendingAction>();
        var writes = new ArrayList<LedgerWrite>();
        var progressed = new ArrayList<LedgerRow>();
        for (var rowDecision : decideAll()) {
            var update = rowDecision.update();
            apply(rowDecision.decision(), update, pending);
            rowCache.put(update.row());
            if (update.toWrite() != null) {
                writes.add(update.toWrite());
                progress.recordWrite(update.row(), clock.instant());
            } else if (update.hasProgress()) {
                progressed.add(update.row());
            }
        }
        ledger.reportProgress(progressed);
        ledger.writeProgress(owner, writes, progress.due(rowCache.openRows(), clock.instant()));
        if (rowCache.isPaused()) {
            pending.removeIf(action -> action.action().startsRow()
                    && !rowCache.get(action.row()).stage().isUnderWay());
        }
        pending.removeIf(allowed.negate());
        return reconciler.act(pending, actions);
    }

    /** Decides all rows, then explains the decisions: an explanation depends on the observations of other rows. */
    private List<RowDecision> decideAll() {
        var wait = reconciler.observe(rowCache.openRows(), clock.instant());
        var rowDecision = new ArrayList<RowDecision>();
        for (var row : rowCache.openRows()) {
            var judgement = observeAndDecide(row, wait.apply(row));
            rowCache.put(rowAfter(judgement));
            rowDecision.add(judgement);
        }
        return rowDecision.stream()
                .map(each -> new RowDecision(
                        each.update(), reconciler.explain(each.update().row(), each.decision())))
                .toList();
    }

    private RowDecision observeAndDecide(LedgerRow row, O observed) {
        var update = new RowUpdate(row, clock.instant());
        update.applyCallState(reconciler.callState(row, observed));
        update.applyObservation(observed);
        update.applyConsistency(reconciler.consistency(update.row(), observed, clock.instant()));
        return new RowDecision(update, decision(update.row(), observed));
    }

    /** Row after the decision, where other rows depend on it. */
    private LedgerRow rowAfter(RowDecision rowDecision) {
        var row = rowDecision.update().row();
        var copy = new RowUpdate(row, clock.instant());
        if (rowDecision.decision() instanceof Decision.Finish finish) {
            copy.applyFinish(finish);
        } else if (rowDecision.decision() instanceof Decision.Wait wait && wait.stage() != row.stage()) {
            copy.applyWait(wait);
        }
        return copy.row();
    }

    /**
     * Decision for a row.
     *
     * @param update observation of the row, before the decision is applied
     */
    private record RowDecision(RowUpdate update, Decision decision) {}

    private Decision decision(LedgerRow row, O observed) {
        try {
            return endIfLost(row, reconciler.decide(row, observed, clock.instant()));
        } catch (ApiException ex) {
            if (ex.kind() == CallFailureKind.DENIED) {
                throw ex;
            }
            var wait = new Decision.Wait(row.stage(), "observation failed: " + ex.getMessage());
            return reconciler.waitOrGiveUp(row, wait, observed, clock.instant());
        }
    }

    /** Ends a row whose call was lost too often, instead of sending it again. */
    private Decision endIfLost(LedgerRow row, Decision decision) {
        return decision instanceof Decision.Send
                ? reconciler
                        .failurePolicy()
                        .countLost(row)
                        .<Decision>map(Decision.Finish::failed)
                        .orElse(decision)
                : decision;
    }

    private void apply(Decision decision, RowUpdate update, List<PendingAction> pending) {
        if (decision instanceof Decision.Wait wait) {
            update.applyWait(wait);
        } else if (decision instanceof Decision.RestartLater restart) {
            update.applyRestart(restart, backoff, reconciler.maxRestarts());
        } else if (decision instanceof Decision.Finish finish) {
            update.applyFinish(finish);
        } else if (decision instanceof Decision.Act action) {
            if (action.reachedStage() != null) {
                var attention = update.row().attention();
                boolean stays = AttentionCause.isInformational(attention);
                update.applyWait(new Decision.Wait(action.reachedStage(), stays ? attention : null));
            }
            pending.add(new PendingAction(update.row().row(), action));
        }
    }
}
