package dev.smsrunner.run;

import dev.smsrunner.ledger.Lease;
import java.time.Duration;

/**
 * What a process that wants a lease knows after it watched the lease for a while. A holder that renews lives, whatever else is
 * seen of it.
 *
 * @param first the lease at the first look
 * @param seen the lease at the latest look
 * @param watched how long it was watched in between, by the monotonic clock of this process
 * @param holder what is known of the process that holds it
 * @param here whether that is a process of this machine
 */
record LeaseWatch(Lease first, Lease seen, Duration watched, Liveness holder, boolean here) {

    /** A living holder renews every 2 seconds, so it renews within this time. */
    private static final Duration MISSED_RENEWAL = Duration.ofMillis(3_500);

    /** Longer than any lease: then it has run out whatever the clock of the database says. */
    private static final Duration WHOLE_LEASE = Duration.ofSeconds(17);

    /** Whether no process can still hold it. Taking it compares token and time again, so that a renewal in between wins. */
    boolean mayTake() {
        if (seen.host() == null || holder == Liveness.GONE) {
            return true;
        }
        if (isRenewed()) {
            return false;
        }
        boolean silent = seen.expired() || (here && holder == Liveness.UNKNOWN);
        return (silent && isLongerThan(MISSED_RENEWAL)) || (holder != Liveness.ALIVE && isLongerThan(WHOLE_LEASE));
    }

    /** Whether its holder lives, so that this process has to give way. */
    boolean isHeld() {
        return seen.host() != null
                && holder != Liveness.GONE
                && (isRenewed() || (holder == Liveness.ALIVE && !seen.expired() && isLongerThan(MISSED_RENEWAL)));
    }

    private boolean isRenewed() {
        return seen.token() != first.token()
                || (seen.until() != null && !seen.until().equals(first.until()));
    }

    private boolean isLongerThan(Duration time) {
        return watched.compareTo(time) > 0;
    }
}
