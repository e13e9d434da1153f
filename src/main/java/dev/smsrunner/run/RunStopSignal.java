package dev.smsrunner.run;

import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.ledger.Runs;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Why a run must end early: a signal, the stop that somebody asked for in the database, or a lease that is lost. */
final class RunStopSignal implements StopSignal, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RunStopSignal.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Runs runs;
    private final String runId;
    private final RunLease lease;
    private final Thread watch;
    private volatile @Nullable Reason reason;

    RunStopSignal(Runs runs, String runId, RunLease lease) {
        this.runs = runs;
        this.runId = runId;
        this.lease = lease;
        this.watch = new Thread(this::watch, "stop-watch");
        watch.setDaemon(true);
        watch.start();
    }

    @Override
    public @Nullable Reason reason() {
        lease.standstill().signOfWork();
        return lease.lost() ? Reason.OWNERSHIP_LOST : reason;
    }

    /** A person wants it to end. */
    void stop() {
        reason = Reason.STOPPED;
    }

    private void watch() {
        while (!Thread.currentThread().isInterrupted() && reason == null) {
            try {
                Thread.sleep(LOOK_EVERY.toMillis());
                if (runs.stopRequested(runId)) {
                    stop();
                }
            } catch (InterruptedException ex) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error ex) { // nobody else looks, so it goes on
                log.debug("The stop flag cannot be read: {}", ex.getMessage());
            }
        }
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
