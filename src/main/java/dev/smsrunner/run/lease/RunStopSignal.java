package dev.smsrunner.run.lease;

import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.ledger.Runs;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stop signal of a run: an operating system signal, a stop request in the database, or a lost lease. */
public final class RunStopSignal implements StopSignal, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RunStopSignal.class);
    private static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    private final Runs runs;
    private final String runId;
    private final RunLease lease;
    private final Thread watch;
    private volatile @Nullable Reason reason;

    public RunStopSignal(Runs runs, String runId, RunLease lease) {
        this.runs = runs;
        this.runId = runId;
        this.lease = lease;
        this.watch = new Thread(this::watch, "stop-watch");
        watch.setDaemon(true);
        watch.start();
    }

    @Override
    public @Nullable Reason reason() {
        lease.watchdog().heartbeatOfWork();
        return lease.isLost() ? Reason.OWNERSHIP_LOST : reason;
    }

    /** Requests the stop. */
    public void stop() {
        reason = Reason.STOPPED;
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted() && reason == null) {
            try {
                Thread.sleep(POLL_INTERVAL.toMillis());
                if (runs.isStopRequested(runId)) {
                    stop();
                }
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error ex) { // only this thread polls the flag
                log.debug("Cannot read the stop flag: {}", ex.getMessage());
            }
        }
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
