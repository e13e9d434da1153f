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
 * Adaptive rate limiter shared by all calls of an account. It spaces the calls evenly, serves them in order of arrival
 * and adapts its rate to throttled calls. Thread-safe.
 */
public final class AdaptiveRateLimiter {

    private static final double SWEEP_SHARE = 1.0 / 9;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    /** Interval at which a waiting call checks whether it is cancelled. */
    private static final long CHECK_INTERVAL = Duration.ofSeconds(10).toNanos();

    /** Waits for a signal or a timeout. Tests advance their clock instead. */
    interface Waiter {
        void await(Condition signal, long nanos) throws InterruptedException;
    }

    private record Ticket(Priority priority, Condition signal) {}

    private final ReentrantLock lock = new ReentrantLock();
    private final Deque<Ticket> mutations = new ArrayDeque<>();
    private final Deque<Ticket> sweeps = new ArrayDeque<>();
    private final RateEstimator estimator;
    private final LongSupplier nanos;
    private final Waiter waiter;
    private final long origin;
    private double sweepCredit;
    private long calls;
    private long throttledCalls;

    AdaptiveRateLimiter(RateEstimator estimator, LongSupplier nanos, Waiter waiter) {
        this.estimator = estimator;
        this.nanos = nanos;
        this.waiter = waiter;
        this.origin = nanos.getAsLong();
    }

    /** Limiter that learns the limit of the service. */
    public static AdaptiveRateLimiter auto() {
        return new AdaptiveRateLimiter(RateEstimator.auto(), System::nanoTime, Condition::awaitNanos);
    }

    /**
     * Limiter with a maximum rate. Throttled calls reduce the rate to what the service accepts.
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
     * Waits for a call slot.
     *
     * @return the id of the call, to be passed to {@link #recordAnswer} whatever its result
     */
    public long acquire(Priority priority) throws InterruptedException {
        return acquire(priority, () -> false).orElseThrow();
    }

    /**
     * Waits for a call slot until the call is cancelled. {@link #wake} makes waiting calls check again.
     *
     * @return the id of the call; empty when it was cancelled, and no slot is used then
     */
    public OptionalLong acquire(Priority priority, BooleanSupplier cancelled) throws InterruptedException {
        lock.lockInterruptibly();
        Ticket ticket = new Ticket(priority, lock.newCondition());
        queue(priority).addLast(ticket);
        try {
            while (!cancelled.getAsBoolean()) {
                long now = now();
                long wait = ticket.equals(next()) ? estimator.nextAt(now) - now : Long.MAX_VALUE;
                if (wait <= 0) {
                    return OptionalLong.of(issue(ticket, now));
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

    /** Makes every waiting call check whether it is cancelled. */
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
     * Records the result of a call.
     *
     * @param call the id from {@link #acquire}
     * @param throttled whether the service answered 429
     * @param retryAfter the pause requested by the service, null when there is none; capped at 15 minutes
     * @param limit the limit named by the answer, null when it names none
     */
    public void recordAnswer(
            long call, boolean throttled, @Nullable Duration retryAfter, @Nullable RateLimitWindow limit) {
        lock.lock();
        try {
            throttledCalls += throttled ? 1 : 0;
            estimator.recordAnswer(call, now(), throttled, clamped(retryAfter).toNanos(), limit);
        } finally {
            lock.unlock();
        }
    }

    /** Current rate in calls per second. */
    public double rate() {
        lock.lock();
        try {
            return estimator.rate();
        } finally {
            lock.unlock();
        }
    }

    /** Estimated limit of the service in calls per second; empty before the first 429. */
    public OptionalDouble learnedLimit() {
        lock.lock();
        try {
            return estimator.ceiling() > 0 ? OptionalDouble.of(estimator.ceiling()) : OptionalDouble.empty();
        } finally {
            lock.unlock();
        }
    }

    /** Number of calls issued. */
    public long calls() {
        lock.lock();
        try {
            return calls;
        } finally {
            lock.unlock();
        }
    }

    /** Number of calls answered 429. */
    public long throttledCalls() {
        lock.lock();
        try {
            return throttledCalls;
        } finally {
            lock.unlock();
        }
    }

    /** Number of waiting callers. */
    int waiting() {
        lock.lock();
        try {
            return mutations.size() + sweeps.size();
        } finally {
            lock.unlock();
        }
    }

    private long issue(Ticket ticket, long now) {
        boolean contested = !mutations.isEmpty() && !sweeps.isEmpty();
        if (contested) {
            sweepCredit = ticket.priority() == Priority.SWEEP ? 0 : Math.min(1, sweepCredit + SWEEP_SHARE);
        }
        calls++;
        return estimator.issue(now);
    }

    /** Only the first caller watches the clock; the others wait for its signal. */
    private void pause(Ticket ticket, long wait) throws InterruptedException {
        if (wait == Long.MAX_VALUE) {
            ticket.signal().await();
        } else {
            waiter.await(ticket.signal(), Math.min(wait, CHECK_INTERVAL));
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
