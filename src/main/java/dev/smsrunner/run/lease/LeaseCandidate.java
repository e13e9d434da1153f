package dev.smsrunner.run.lease;

import dev.smsrunner.database.Database;
import dev.smsrunner.ledger.Lease;
import dev.smsrunner.ledger.Leases;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * This process as a candidate for a lease: each poll reads the lease, and takes it once no process can still hold it. Not
 * thread-safe.
 */
public final class LeaseCandidate {

    /** Time between two polls. */
    public static final Duration POLL_INTERVAL = Duration.ofMillis(500);

    private final Database database;
    private final String name;
    private final Leases leases;
    private @Nullable Lease first;
    private @Nullable Lease holder;
    private Duration watched = Duration.ZERO;
    private long polledAt;

    /** @param name name of the lease */
    public LeaseCandidate(Database database, String name) {
        this.database = database;
        this.name = name;
        this.leases = new Leases(database.source());
    }

    /**
     * Polls once.
     *
     * @return the lease when this process has it now; empty while another process holds it, or may hold it
     * @throws org.springframework.dao.DataAccessException when the database does not answer; a later poll may succeed
     */
    public Optional<RunLease> poll() {
        var latest = leases.find(name);
        var watch = watch(latest);
        if (watch.mayTake() && leases.take(latest, ProcessIdentity.holder())) {
            return Optional.of(RunLease.held(name, latest.token() + 1, database));
        }
        holder = watch.isHeld() ? latest : null;
        if (watch.isRenewed()) {
            // a later death counts from its last renewal; a silent holder stays under watch until its lease expires
            first = latest;
            watched = Duration.ZERO;
        }
        return Optional.empty();
    }

    /** Lease of the living holder as of the latest poll; empty while the liveness is undetermined. */
    public Optional<Lease> holder() {
        return Optional.ofNullable(holder);
    }

    private LeaseWatch watch(Lease latest) {
        long now = System.nanoTime();
        if (first == null) {
            first = latest;
        } else {
            watched = watched.plus(limited(now - polledAt));
        }
        polledAt = now;
        return new LeaseWatch(first, latest, watched, ProcessIdentity.liveness(latest), ProcessIdentity.isHere(latest));
    }

    /** Limits the time between two polls, since this process and the holder may have been suspended together. */
    private static Duration limited(long elapsed) {
        return Duration.ofNanos(Math.min(elapsed, POLL_INTERVAL.multipliedBy(2).toNanos()));
    }
}
