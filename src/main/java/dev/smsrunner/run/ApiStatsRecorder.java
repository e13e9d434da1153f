package dev.smsrunner.run;

import dev.smsrunner.ledger.ApiSample;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes into the ledger every ten seconds how the calls went, while some are made, from a thread of its own. */
final class ApiStatsRecorder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ApiStatsRecorder.class);
    private static final Duration EVERY = Duration.ofSeconds(10);

    private final Ledger ledger;
    private final FencedRun owner;
    private final Supplier<ApiStats> figures;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Thread thread = new Thread(this::run, "call-samples");
    private ApiStats before;
    private long since;
    private boolean silent;
    private boolean failing;

    ApiStatsRecorder(Ledger ledger, FencedRun owner, Supplier<ApiStats> figures, Clock clock, LongSupplier nanos) {
        this.ledger = ledger;
        this.owner = owner;
        this.figures = figures;
        this.clock = clock;
        this.nanos = nanos;
        this.before = figures.get();
        this.since = nanos.getAsLong();
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Writes what came since the last time; a database that is away costs one sample, not the run. */
    synchronized void take() {
        var sample = next();
        if (sample == null) {
            return;
        }
        try {
            ledger.sample(owner, sample);
            failing = false;
        } catch (RuntimeException ex) {
            failing = true;
            log.debug("The figures of the calls could not be written: {}", ex.getMessage());
        }
    }

    /** After a sample without calls there is none until there are calls again. */
    private @Nullable ApiSample next() {
        var now = figures.get();
        double seconds = (nanos.getAsLong() - since) / 1e9;
        int calls = (int) Math.max(0, now.calls() - before.calls());
        int throttled = (int) Math.max(0, now.throttled() - before.throttled());
        boolean nothing = calls == 0 && silent;
        silent = calls == 0;
        before = now;
        since = nanos.getAsLong();
        @Nullable Double limit = now.limitPerSecond() > 0 ? now.limitPerSecond() : null;
        return nothing || seconds <= 0 ? null : new ApiSample(clock.instant(), seconds, calls, throttled, limit);
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(EVERY.toMillis());
                take();
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        thread.interrupt();
        if (!failing) {
            take();
        }
    }
}
