package dev.smsrunner.run.lease;

import dev.smsrunner.database.Database;
import dev.smsrunner.intent.CallWithheldException;
import dev.smsrunner.ledger.Lease;
import dev.smsrunner.ledger.Leases;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Lease of a job, held by one process at a time. It lasts 15 seconds and is renewed every 2 seconds on its own connection. The
 * runner checks it before each change in the cloud.
 */
public final class RunLease implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RunLease.class);

    private static final Duration RENEWAL_INTERVAL = Duration.ofSeconds(2);
    private static final Duration RETRY_INTERVAL = Duration.ofMillis(500);

    /** Time after the last renewal at which the database counts as unreachable. */
    private static final Duration DATABASE_TIMEOUT = Duration.ofSeconds(3);

    private final String name;
    private final long token;
    private final Database database;
    private final Thread renewal;
    private final ProgressWatchdog watchdog = new ProgressWatchdog();
    private volatile long renewedAt = System.nanoTime();
    private volatile boolean lost;
    private volatile boolean closed;
    private volatile boolean failing;

    private RunLease(String name, long token, Database database) {
        this.name = name;
        this.token = token;
        this.database = database;
        this.renewal = new Thread(this::renew, "lease-renewal");
        renewal.setDaemon(true);
    }

    /**
     * Takes the lease. A dead holder of this machine is replaced at once. A possibly dead holder is replaced after it missed a
     * renewal, a holder of another machine after its lease expired.
     *
     * @throws RefusedException within 5 seconds when a living process holds the lease
     */
    public static RunLease take(Database database, String name) throws InterruptedException {
        var candidate = new LeaseCandidate(database, name);
        for (; ; Thread.sleep(LeaseCandidate.POLL_INTERVAL.toMillis())) {
            var taken = candidate.poll();
            if (taken.isPresent()) {
                return taken.get();
            }
            if (candidate.holder().isPresent()) {
                throw refusal(candidate.holder().get());
            }
        }
    }

    /** The lease, which this process has just taken under the token, and its renewal. */
    static RunLease held(String name, long token, Database database) {
        var lease = new RunLease(name, token, database);
        lease.renewal.start();
        return lease;
    }

    private static RefusedException refusal(Lease held) {
        return new RefusedException(
                "Another process works on this job: %s, process %d, since %s; its lease holds until %s. Nothing was changed. Wait for it, or end it with 'stop'."
                        .formatted(held.host(), held.pid(), seconds(held.since()), seconds(held.until())));
    }

    private static String seconds(@Nullable Instant at) {
        return at == null ? "unknown" : at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** Fencing token of every write under this lease. */
    public long token() {
        return token;
    }

    /** Watchdog of the work under this lease. */
    public ProgressWatchdog watchdog() {
        return watchdog;
    }

    /** Whether another process has taken the lease. */
    boolean isLost() {
        return lost;
    }

    /** Checks the lease right before a change in the cloud. */
    public void check() {
        if (lost) {
            throw new CallWithheldException("another process works on the run now");
        }
        if (failing || System.nanoTime() - renewedAt > DATABASE_TIMEOUT.toNanos()) {
            throw new CallWithheldException("the database is unreachable, so nothing is changed in the cloud");
        }
    }

    private void renew() {
        while (!closed && !lost) {
            try (var own = database.connect()) {
                renewOn(own);
            } catch (SQLException | RuntimeException | Error ex) { // only this thread renews the lease
                failing = true;
                logFailure(ex);
                pause();
            }
        }
    }

    /** Ignores errors: without free memory even logging may fail. */
    private static void logFailure(Throwable failure) {
        try {
            log.warn("Cannot renew the lease; retrying: {}", failure.toString());
        } catch (Error ex) {
            // the next attempt is more important
        }
    }

    private void renewOn(Connection own) {
        var source = new SingleConnectionDataSource(own, true);
        var leases = new Leases(source);
        while (!closed && !lost) {
            long before = System.nanoTime();
            if (leases.renew(name, token)) {
                renewedAt = before;
                failing = false;
                database.recordWatermark(source);
            } else {
                lost = true;
                log.error("Another process has taken the lease of this job; this process stops");
            }
            pause();
        }
    }

    private void pause() {
        try {
            Thread.sleep(failing ? RETRY_INTERVAL.toMillis() : RENEWAL_INTERVAL.toMillis());
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    /** Releases the lease, so that the next command does not have to wait. */
    @Override
    public void close() {
        closed = true;
        watchdog.close();
        renewal.interrupt();
        release();
    }

    private void release() {
        try {
            renewal.join(1_000);
            if (!lost) {
                new Leases(database.source()).release(name, token);
                database.recordWatermark(database.source());
                database.recordWatermark(database.source());
            }
        } catch (DataAccessException ex) {
            log.warn("Cannot release the lease; it expires by itself: {}", ex.getMessage());
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
