package dev.smsrunner.run;

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
 * The right to work on a job: one process at a time, for 15 seconds at a time, renewed every 2 seconds on a connection of its
 * own. Before each change in the cloud it is asked whether it still holds.
 */
final class RunLease implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RunLease.class);

    private static final Duration RENEW_EVERY = Duration.ofSeconds(2);
    private static final Duration LOOK_AGAIN = Duration.ofMillis(500);

    /** So long after it was last heard of, the database counts as away. */
    private static final Duration HEARD_OF = Duration.ofSeconds(3);

    private final String name;
    private final long token;
    private final Database database;
    private final Thread renewal;
    private final ProgressWatchdog standstill = new ProgressWatchdog();
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
     * Takes the lease. A holder of this machine that is certainly dead is replaced at once, one that may be dead when it has
     * missed a renewal, one of another machine when its lease has run out.
     *
     * @throws RefusedException within 5 seconds when a living process holds it
     */
    static RunLease take(Database database, String name) throws InterruptedException {
        var leases = new Leases(database.source());
        var first = leases.find(name);
        var watched = Duration.ZERO;
        long looked = System.nanoTime();
        for (var seen = first; ; seen = leases.find(name)) {
            watched = watched.plus(passed(looked));
            looked = System.nanoTime();
            var watch =
                    new LeaseWatch(first, seen, watched, ProcessIdentity.liveness(seen), ProcessIdentity.isHere(seen));
            if (watch.mayTake() && leases.take(seen, ProcessIdentity.holder())) {
                var lease = new RunLease(name, seen.token() + 1, database);
                lease.renewal.start();
                return lease;
            }
            if (watch.isHeld()) {
                throw refused(seen);
            }
            Thread.sleep(LOOK_AGAIN.toMillis());
        }
    }

    /** Between two looks this process may have been suspended, and the holder with it: then less time counts as watched. */
    private static Duration passed(long looked) {
        long passed = System.nanoTime() - looked;
        return Duration.ofNanos(Math.min(passed, LOOK_AGAIN.multipliedBy(2).toNanos()));
    }

    private static RefusedException refused(Lease held) {
        return new RefusedException(
                "Another process works on this job: %s, process %d, since %s; its lease holds until %s. Nothing was changed. Wait for it, or end it with 'stop'."
                        .formatted(held.host(), held.pid(), seconds(held.since()), seconds(held.until())));
    }

    private static String seconds(@Nullable Instant at) {
        return at == null ? "unknown" : at.truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /** The fencing token that every write under this lease carries. */
    long token() {
        return token;
    }

    /** What ends this process when its work stands still. */
    ProgressWatchdog standstill() {
        return standstill;
    }

    /** Whether somebody else has taken the lease. */
    boolean lost() {
        return lost;
    }

    /** Called right before anything is changed in the cloud. */
    void check() {
        if (lost) {
            throw new CallWithheldException("another process works on the run now");
        }
        if (failing || System.nanoTime() - renewedAt > HEARD_OF.toNanos()) {
            throw new CallWithheldException("the database cannot be reached, so nothing is changed in the cloud");
        }
    }

    private void renew() {
        while (!closed && !lost) {
            try (var own = database.connect()) {
                renewOn(own);
            } catch (SQLException | RuntimeException | Error ex) { // nobody else renews it, so it goes on
                failing = true;
                tell(ex);
                pause();
            }
        }
    }

    /** Where memory is short there may be none for a line of the log either. */
    private static void tell(Throwable away) {
        try {
            log.warn("The lease cannot be renewed, trying again: {}", away.toString());
        } catch (Error ex) {
            // the next attempt matters more
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
                database.note(source);
            } else {
                lost = true;
                log.error("Another process has taken the lease of this job; this one stops");
            }
            pause();
        }
    }

    private void pause() {
        try {
            Thread.sleep(failing ? LOOK_AGAIN.toMillis() : RENEW_EVERY.toMillis());
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            closed = true;
        }
    }

    /** Gives the lease back, so that the next command need not wait. */
    @Override
    public void close() {
        closed = true;
        standstill.close();
        renewal.interrupt();
        giveBack();
    }

    private void giveBack() {
        try {
            renewal.join(1_000);
            if (!lost) {
                new Leases(database.source()).release(name, token);
                database.note(database.source());
                database.note(database.source());
            }
        } catch (DataAccessException ex) {
            log.warn("The lease could not be given back, it runs out by itself: {}", ex.getMessage());
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }
}
