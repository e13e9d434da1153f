package dev.smsrunner.intent;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.DoubleSupplier;

/**
 * Executes mutating calls. It commits the intents of the next calls, makes the calls in parallel, and commits the results
 * together with the next intents. Only about a second's worth of calls is intended in advance: little is unresolved after a
 * crash, and no call is sent long after the last commit.
 *
 * @param callExecutor runs the calls
 * @param callsPerSecond call rate that the API allows now, as far as it is known
 */
public record IntentExecutor(
        Ledger ledger,
        FencedRun owner,
        Executor callExecutor,
        StopSignal stopSignal,
        DoubleSupplier callsPerSecond,
        Clock clock) {

    private static final int MAX_CONCURRENT_CALLS = 24;

    /** Lifetime of a decision. */
    private static final Duration DECISION_LIFETIME = Duration.ofSeconds(60);

    /**
     * Executes the calls in their order. When the run stops, or the decisions expire, calls not yet started are dropped and
     * queued calls are not sent.
     *
     * @return the rows of the started calls, in their new state
     * @throws ApiException when the service refuses the credentials; earlier results are committed
     */
    public List<LedgerRow> perform(List<MutatingCall> calls) {
        return performBatches(calls.stream().map(Batch::of).toList());
    }

    /** As {@link #perform}; the rows of a batch share one call. */
    public List<LedgerRow> performBatches(List<Batch> batches) {
        return new IntentBatch(
                        ledger,
                        owner,
                        callExecutor,
                        stopSignal,
                        this::maxConcurrentCalls,
                        clock,
                        decisionLifetime(),
                        batches)
                .run();
    }

    /** Longer only where the allowed call rate is too low to send anything in the usual lifetime. */
    private Duration decisionLifetime() {
        var fewCalls = Duration.ofMillis((long) (2_000 / Math.max(0.0001, callsPerSecond.getAsDouble())));
        return fewCalls.compareTo(DECISION_LIFETIME) > 0 ? fewCalls : DECISION_LIFETIME;
    }

    private int maxConcurrentCalls() {
        return (int) Math.max(2, Math.min(MAX_CONCURRENT_CALLS, Math.ceil(callsPerSecond.getAsDouble())));
    }
}
