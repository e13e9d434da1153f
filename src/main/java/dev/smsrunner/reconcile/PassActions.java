package dev.smsrunner.reconcile;

import dev.smsrunner.intent.Batch;
import dev.smsrunner.intent.IntentExecutor;
import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** What a course may do between two looks: change things in the cloud through the actor, and write rows. */
public final class PassActions {

    /** So many seconds' worth of calls are made before the next look. */
    private static final double SECONDS_OF_CALLS = 8;

    private static final int FEWEST_CALLS = 20;

    private final Ledger ledger;
    private final FencedRun owner;
    private final IntentExecutor actor;
    private final DoubleSupplier callsPerSecond;
    private final RowCache board;

    PassActions(ReconcileLoop.Pulse pulse, RowCache board) {
        this.ledger = pulse.ledger();
        this.owner = pulse.owner();
        this.actor = pulse.actor();
        this.callsPerSecond = pulse.callsPerSecond();
        this.board = board;
    }

    /** How many calls are to be made at most before the next look. */
    public int mostCalls() {
        return (int) Math.max(FEWEST_CALLS, callsPerSecond.getAsDouble() * SECONDS_OF_CALLS);
    }

    /** The row as it is now. */
    public LedgerRow row(int number) {
        return board.get(number);
    }

    /** The rows of some wishes, as they are now. */
    public List<LedgerRow> rows(List<PendingAction> wishes) {
        return wishes.stream().map(wished -> row(wished.row())).toList();
    }

    /**
     * Makes the first of the changes, as many as fit.
     *
     * @return whether some are left
     */
    public boolean performSome(List<MutatingCall> changes) {
        int most = mostCalls();
        perform(changes.subList(0, Math.min(most, changes.size())));
        return changes.size() > most;
    }

    /** Makes the changes, side by side. */
    public void perform(List<MutatingCall> changes) {
        take(actor.perform(changes));
    }

    /** Makes the changes, those of a batch by one call. */
    public void performTogether(List<Batch> batches) {
        take(actor.performTogether(batches));
    }

    /** Writes rows without a call. */
    public void write(List<LedgerWrite> entries) {
        ledger.write(owner, entries);
        entries.forEach(entry -> board.put(entry.row()));
    }

    /** Keeps facts (JSON, by row number) in the ledger, before calls that they are needed after. */
    void keep(Map<Integer, String> facts) {
        ledger.write(owner, List.of(), facts);
    }

    /** Takes over rows that a stage has written by itself. */
    void take(List<LedgerRow> rows) {
        rows.forEach(board::put);
    }

    RowCache board() {
        return board;
    }
}
