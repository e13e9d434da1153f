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
 * Carries out changes: commits the intents of the next few, makes their calls side by side, commits the answers together
 * with the intents of those that follow. Only about a second's worth of calls is intended ahead of the answers, so that
 * little is left to find out after a crash, and nothing goes out long after the database was last heard of.
 */
public final class IntentExecutor {

    private static final int MOST_AT_ONCE = 24;

    /** What was decided holds for so long. */
    private static final Duration FRESH = Duration.ofSeconds(60);

    private final Ledger ledger;
    private final FencedRun owner;
    private final Executor calls;
    private final StopSignal halt;
    private final DoubleSupplier callsPerSecond;
    private final Clock clock;

    /**
     * @param calls runs the calls
     * @param callsPerSecond the rate that the API allows now, as far as it is known
     */
    public IntentExecutor(
            Ledger ledger,
            FencedRun owner,
            Executor calls,
            StopSignal halt,
            DoubleSupplier callsPerSecond,
            Clock clock) {
        this.ledger = ledger;
        this.owner = owner;
        this.calls = calls;
        this.halt = halt;
        this.callsPerSecond = callsPerSecond;
        this.clock = clock;
    }

    /**
     * Carries the changes out in their order. When the run is halted, or a minute after the changes were decided, those not
     * begun stay as they were, and those that still wait for their turn are not sent.
     *
     * @return the rows of the changes that were begun, as they are now
     * @throws ApiException when the service refuses our credentials; what was answered until then is committed
     */
    public List<LedgerRow> perform(List<MutatingCall> changes) {
        return performTogether(changes.stream().map(Batch::of).toList());
    }

    /** As {@link #perform}, where the changes of a batch share one call. */
    public List<LedgerRow> performTogether(List<Batch> batches) {
        return new IntentBatch(ledger, owner, calls, halt, this::atOnce, clock, fresh(), batches).run();
    }

    /** Longer only where the service allows so few calls that nothing could be sent at all. */
    private Duration fresh() {
        var fewCalls = Duration.ofMillis((long) (2_000 / Math.max(0.0001, callsPerSecond.getAsDouble())));
        return fewCalls.compareTo(FRESH) > 0 ? fewCalls : FRESH;
    }

    private int atOnce() {
        return (int) Math.max(2, Math.min(MOST_AT_ONCE, Math.ceil(callsPerSecond.getAsDouble())));
    }
}
