package dev.smsrunner.run.lease;

import dev.smsrunner.ledger.Lease;
import java.time.Duration;

/**
 * Observation of a lease that another process may hold. A holder that renews is alive, whatever else is known about it.
 *
 * @param first the lease at the first poll
 * @param latest the lease at the latest poll
 * @param watched time between both polls, by the monotonic clock of this process
 * @param holder liveness of the holder
 * @param here whether the holder is a process of this machine
 */
record LeaseWatch(Lease first, Lease latest, Duration watched, Liveness holder, boolean here) {

    /** A living holder renews every 2 seconds, so it renews within this time. */
    private static final Duration MISSED_RENEWAL = Duration.ofMillis(3_500);

    /** Longer than any lease: after this time it has expired, whatever the database clock shows. */
    private static final Duration WHOLE_LEASE = Duration.ofSeconds(17);

    /** Whether no process can still hold the lease. Taking it compares token and time again, so a concurrent renewal wins. */
    boolean mayTake() {
        if (latest.host() == null || holder == Liveness.GONE) {
            return true;
        }
        if (isRenewed()) {
            return false;
        }
        boolean silent = latest.expired() || (here && holder == Liveness.UNKNOWN);
        return (silent && isLongerThan(MISSED_RENEWAL)) || (holder != Liveness.ALIVE && isLongerThan(WHOLE_LEASE));
    }

    /** Whether the holder is alive, so that this process must give up. */
    boolean isHeld() {
        return latest.host() != null
                && holder != Liveness.GONE
                && (isRenewed() || (holder == Liveness.ALIVE && !latest.expired() && isLongerThan(MISSED_RENEWAL)));
    }

    /** Whether the holder renewed it, or another process took it, since the first poll. */
    boolean isRenewed() {
        return latest.token() != first.token()
                || (latest.until() != null && !latest.until().equals(first.until()));
    }

    private boolean isLongerThan(Duration time) {
        return watched.compareTo(time) > 0;
    }
}
