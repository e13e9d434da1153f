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

/** Records API statistics in the ledger every ten seconds while the run sends calls; runs its own thread. */
final class ApiStatsRecorder implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ApiStatsRecorder.class);
    private static final Duration INTERVAL = Duration.ofSeconds(10);

    private final Ledger ledger;
    private final FencedRun owner;
    private final Supplier<ApiStats> stats;
    private final Clock clock;
    private final LongSupplier nanos;
    private final Thread thread = new Thread(this::run, "call-samples");
    private ApiStats previous;
    private long previousNanos;
    private boolean idle;
    private boolean failing;
    private boolean closed;

    ApiStatsRecorder(Ledger ledger, FencedRun owner, Supplier<ApiStats> stats, Clock clock, LongSupplier nanos) {
        this.ledger = ledger;
        this.owner = owner;
        this.stats = stats;
        this.clock = clock;
        this.nanos = nanos;
        this.previous = stats.get();
        this.previousNanos = nanos.getAsLong();
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** Records the calls since the previous sample. An unavailable database costs one sample, not the run. */
    synchronized void record() {
        var sample = nextSample();
        if (sample == null) {
            return;
        }
        try {
            ledger.addApiSample(owner, sample);
            failing = false;
        } catch (RuntimeException ex) {
            failing = true;
            log.debug("Cannot record the API statistics: {}", ex.getMessage());
        }
    }

    private synchronized void recordUnlessClosed() {
        if (!closed) {
            record();
        }
    }

    /** Returns null after a sample without calls, until the run sends calls again. */
    private @Nullable ApiSample nextSample() {
        var current = stats.get();
        double seconds = (nanos.getAsLong() - previousNanos) / 1e9;
        int calls = (int) Math.max(0, current.calls() - previous.calls());
        int throttled = (int) Math.max(0, current.throttled() - previous.throttled());
        boolean stillIdle = calls == 0 && idle;
        idle = calls == 0;
        previous = current;
        previousNanos = nanos.getAsLong();
        @Nullable Double limit = current.limitPerSecond() > 0 ? current.limitPerSecond() : null;
        return stillIdle || seconds <= 0 ? null : new ApiSample(clock.instant(), seconds, calls, throttled, limit);
    }

    private void run() {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                Thread.sleep(INTERVAL.toMillis());
                recordUnlessClosed();
            }
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** Records the last sample; a second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        thread.interrupt();
        if (!failing) {
            record();
        }
    }
}
