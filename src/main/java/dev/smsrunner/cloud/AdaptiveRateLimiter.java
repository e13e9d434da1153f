package dev.smsrunner.cloud;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The right to call the service, one for all calls of an account: hands out calls one by one, evenly spaced, first come first served, and
 * learns from refused ones how fast it may go. Thread safe.
 */
public final class AdaptiveRateLimiter {

    private static final double SWEEP_SHARE = 1.0 / 9;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    /** Who waits for long asks so often whether the call is still wanted. */
    private static final long ASK_EVERY = Duration.ofSeconds(10).toNanos();

    /** Waits for a signal or so long, whichever is first; a test lets its clock jump instead. */
    interface Waiter {
        void await(Condition signal, long nanos) throws InterruptedException;
    }

    private record Ticket(Priority priority, Condition signal) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Ticket> mutations = new ArrayDeque<>();
    private final Deque<Ticket> sweeps = new ArrayDeque<>();
    private final RateEstimator pace;
    private final LongSupplier nanos;
    private final Waiter waiter;
    private final long origin;
    private double sweepCredit;
    private long calls;
    private long throttled;

    AdaptiveRateLimiter(RateEstimator pace, LongSupplier nanos, Waiter waiter) {
        this.pace = pace;
        this.nanos = nanos;
        this.waiter = waiter;
        this.origin = nanos.getAsLong();
    }

    /** Learns the limit of the service by itself. */
    public static AdaptiveRateLimiter auto() {
        return new AdaptiveRateLimiter(RateEstimator.auto(), System::nanoTime, Condition::awaitNanos);
    }

    /**
     * Never faster than this, and slower only when the service names a lower limit.
     *
     * @param perSecond calls per second, above zero
     */
    public static AdaptiveRateLimiter fixed(double perSecond) {
        if (!(perSecond > 0) || perSecond > 10_000) {
            throw new IllegalArgumentException(
                    "limits.requests-per-second is %s (must be above 0 and at most 10000, or auto)"
                            .formatted(perSecond));
        }
        return new AdaptiveRateLimiter(RateEstimator.fixed(perSecond), System::nanoTime, Condition::awaitNanos);
    }

    /**
     * Waits until a call may go.
     *
     * @return the name of the call, to be given to {@link #answered} whatever becomes of it
     */
    public long acquire(Priority priority) throws InterruptedException {
        return acquire(priority, () -> false).orElseThrow();
    }

    /**
     * The same, but waits no longer than until the call is not wanted any more; {@link #wake} makes waiting calls ask again.
     *
     * @return empty when the call is not wanted any more, and then it has not gone
     */
    public OptionalLong acquire(Priority priority, BooleanSupplier unwanted) throws InterruptedException {
        lock.lockInterruptibly();
        Ticket ticket = new Ticket(priority, lock.newCondition());
        queue(priority).addLast(ticket);
        try {
            while (!unwanted.getAsBoolean()) {
                long now = now();
                long wait = ticket.equals(next()) ? pace.nextAt(now) - now : Long.MAX_VALUE;
                if (wait <= 0) {
                    return OptionalLong.of(go(ticket, now));
                }
                pause(ticket, wait);
            }
            return OptionalLong.empty();
        } finally {
            queue(priority).remove(ticket);
            signalNext();
            lock.unlock();
        }
    }

    /** Lets every waiting call look whether it is still wanted. */
    public void wake() {
        lock.lock();
        try {
            mutations.forEach(ticket -> ticket.signal().signal());
            sweeps.forEach(ticket -> ticket.signal().signal());
        } finally {
            lock.unlock();
        }
    }

    /**
     * Tells what became of a call.
     *
     * @param call what {@link #acquire} returned
     * @param refused answered 429
     * @param retryAfter what the service asked to wait, null when it did not; more than 15 minutes counts as 15
     * @param limit the limit that the answer names, null when it does not
     */
    public void answered(long call, boolean refused, @Nullable Duration retryAfter, @Nullable RateLimitWindow limit) {
        lock.lock();
        try {
            throttled += refused ? 1 : 0;
            pace.answered(call, now(), refused, clamped(retryAfter).toNanos(), limit);
        } finally {
            lock.unlock();
        }
    }

    /** Calls per second at which calls go out now. */
    public double rate() {
        lock.lock();
        try {
            return pace.rate();
        } finally {
            lock.unlock();
        }
    }

    /** Calls per second that the service is believed to allow; empty while it has not refused any. */
    public OptionalDouble learnedLimit() {
        lock.lock();
        try {
            return pace.ceiling() > 0 ? OptionalDouble.of(pace.ceiling()) : OptionalDouble.empty();
        } finally {
            lock.unlock();
        }
    }

    /** How many calls went out. */
    public long calls() {
        lock.lock();
        try {
            return calls;
        } finally {
            lock.unlock();
        }
    }

    /** How many of them were answered 429. */
    public long throttled() {
        lock.lock();
        try {
            return throttled;
        } finally {
            lock.unlock();
        }
    }

    /** How many callers wait for their turn. */
    int waiting() {
        lock.lock();
        try {
            return mutations.size() + sweeps.size();
        } finally {
            lock.unlock();
        }
    }

    private long go(Ticket ticket, long now) {
        boolean contested = !mutations.isEmpty() && !sweeps.isEmpty();
        if (contested) {
            sweepCredit = ticket.priority() == Priority.SWEEP ? 0 : Math.min(1, sweepCredit + SWEEP_SHARE);
        }
        calls++;
        return pace.issued(now);
    }

    /** Only the one whose turn it is watches the clock; the others wait for the signal. */
    private void pause(Ticket ticket, long wait) throws InterruptedException {
        if (wait == Long.MAX_VALUE) {
            ticket.signal().await();
        } else {
            waiter.await(ticket.signal(), Math.min(wait, ASK_EVERY));
        }
    }

    private @Nullable Ticket next() {
        boolean sweepsTurn = mutations.isEmpty() || (!sweeps.isEmpty() && sweepCredit > 0.999);
        return sweepsTurn ? sweeps.peekFirst() : mutations.peekFirst();
    }

    private void signalNext() {
        Ticket next = next();
        if (next != null) {
            next.signal().signal();
        }
    }

    private Deque<Ticket> queue(Priority priority) {
        return priority == Priority.MUTATION ? mutations : sweeps;
    }

    private long now() {
        return nanos.getAsLong() - origin;
    }

    private static Duration clamped(@Nullable Duration pause) {
        if (pause == null || pause.isNegative()) {
            return Duration.ZERO;
        }
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}
