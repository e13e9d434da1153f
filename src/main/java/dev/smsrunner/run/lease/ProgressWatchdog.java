package dev.smsrunner.run.lease;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watchdog: ends a process that makes no progress while it renews its lease, since it would block the run indefinitely.
 * All long waits of the run send heartbeats, so heartbeats are missing only when something hangs.
 */
public final class ProgressWatchdog implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ProgressWatchdog.class);

    /** At least ten times the longest step without a heartbeat, a read from the service of 30 s. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);
    private static final Duration REPORT_TIMEOUT = Duration.ofSeconds(3);

    /** Exit code of an internal error. */
    private static final int EXIT_CODE = 70;

    private final Thread watched;
    private final Runnable exit;
    private final Thread watch = daemon(this::watch, "progress-watchdog");
    private final AtomicLong heartbeats = new AtomicLong();
    private volatile Duration limit = limit();

    /** Watches the calling thread. */
    ProgressWatchdog() {
        this(() -> Runtime.getRuntime().halt(EXIT_CODE));
    }

    /** @param exit ends the process at once, without relying on any other part of it */
    ProgressWatchdog(Runnable exit) {
        this.watched = Thread.currentThread();
        this.exit = exit;
        watch.start();
    }

    private static Duration limit() {
        return LIMIT;
    }

    /** Records progress. */
    public void heartbeat() {
        heartbeats.incrementAndGet();
    }

    /** Records progress if the watched thread calls this. */
    void heartbeatOfWork() {
        if (Thread.currentThread().equals(watched)) {
            heartbeat();
        }
    }

    /** Sets the maximum time without a heartbeat. */
    public void extendLimit(Duration time) {
        limit = time;
        heartbeat();
    }

    /** Counts polls instead of time, since a suspended process did not hang. */
    private void watch() {
        try {
            long previous = heartbeats.get();
            for (long idlePolls = 0; idlePolls * POLL_INTERVAL.toMillis() < limit.toMillis(); idlePolls++) {
                Thread.sleep(POLL_INTERVAL.toMillis());
                if (heartbeats.get() != previous) {
                    previous = heartbeats.get();
                    idlePolls = -1;
                }
            }
            awaitReport();
            exit.run();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reports in another thread with a timeout, since console and log may hang as well. */
    private void awaitReport() throws InterruptedException {
        var report = daemon(this::report, "watchdog-report");
        report.start();
        report.join(REPORT_TIMEOUT.toMillis());
    }

    private void report() {
        var text =
                "Internal error: no progress for %d s; this process exits. Migrations already running in the cloud continue. Run the same command again."
                        .formatted(limit.toSeconds());
        System.err.println(text);
        var stack = new IllegalStateException("Stack of the blocked thread");
        stack.setStackTrace(watched.getStackTrace());
        log.error(text, stack);
        System.err.checkError(); // waits until the text is written
    }

    private static Thread daemon(Runnable task, String name) {
        var thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
