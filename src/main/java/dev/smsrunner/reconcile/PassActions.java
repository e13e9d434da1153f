package dev.smsrunner.reconcile;

import dev.smsrunner.intent.Batch;
import dev.smsrunner.intent.IntentExecutor;
import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.GateDecision;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** Actions of a reconciler in one pass: calls through the intent executor, and ledger writes. */
public final class PassActions {

    /** Seconds' worth of calls between two observations. */
    private static final double SECONDS_OF_CALLS = 8;

    private static final int MIN_CALLS = 20;

    private final Ledger ledger;
    private final FencedRun owner;
    private final IntentExecutor executor;
    private final DoubleSupplier callsPerSecond;
    private final RowCache rowCache;

    PassActions(ReconcileContext context, RowCache rowCache) {
        this.ledger = context.ledger();
        this.owner = context.owner();
        this.executor = context.executor();
        this.callsPerSecond = context.callsPerSecond();
        this.rowCache = rowCache;
    }

    /** Maximum number of calls before the next observation. */
    public int maxCalls() {
        return (int) Math.max(MIN_CALLS, callsPerSecond.getAsDouble() * SECONDS_OF_CALLS);
    }

    /** Current state of a row. */
    public LedgerRow row(int number) {
        return rowCache.get(number);
    }

    /** Current state of the rows of some actions. */
    public List<LedgerRow> rows(List<PendingAction> pending) {
        return pending.stream().map(action -> row(action.row())).toList();
    }

    /**
     * Makes the first calls, up to the maximum.
     *
     * @return whether some are left
     */
    public boolean performSome(List<MutatingCall> calls) {
        int maxCalls = maxCalls();
        perform(calls.subList(0, Math.min(maxCalls, calls.size())));
        return calls.size() > maxCalls;
    }

    /** Makes the calls in parallel. */
    public void perform(List<MutatingCall> calls) {
        putAll(executor.perform(calls));
    }

    /** As {@link #performSome}, with one call per batch. */
    public boolean performSomeBatches(List<Batch> batches) {
        int maxCalls = maxCalls();
        putAll(executor.performBatches(batches.subList(0, Math.min(maxCalls, batches.size()))));
        return batches.size() > maxCalls;
    }

    /** Writes rows without a call. */
    public void write(List<LedgerWrite> writes) {
        ledger.write(owner, writes);
        writes.forEach(write -> rowCache.put(write.row()));
    }

    /** Records decisions of the runner about gates. */
    public void decideGates(List<GateDecision> decisions) {
        if (!decisions.isEmpty()) {
            ledger.decideGates(owner, decisions);
            rowCache.setControls(ledger.activeControls(owner.runId()));
        }
    }

    /** Records until when the run waits for launches by an operator. */
    public void holdUntil(Instant until) {
        ledger.holdUntil(owner, until);
        rowCache.setControls(ledger.activeControls(owner.runId()));
    }

    /** Stores facts (JSON, by row number) in the ledger, before calls that need them later. */
    void keepFacts(Map<Integer, String> facts) {
        ledger.write(owner, List.of(), facts);
    }

    /** Puts rows that a stage has written by itself into the cache. */
    public void putAll(List<LedgerRow> rows) {
        rows.forEach(rowCache::put);
    }

    public RowCache rowCache() {
        return rowCache;
    }
}
