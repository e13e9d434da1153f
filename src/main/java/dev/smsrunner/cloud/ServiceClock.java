package dev.smsrunner.cloud;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Monotonic clock: a change of the system clock during a run neither shortens nor prolongs a wait. The date in the
 * service's answers decides whether the system clock was changed or the machine was suspended. If the service differs
 * from both clocks by more than a minute in two answers, its time is adopted for windows and signatures. Slow answers
 * are ignored. Thread-safe.
 */
public final class ServiceClock extends Clock {

    private static final Logger log = LoggerFactory.getLogger(ServiceClock.class);

    /** Smaller differences between two machines, or by gradual correction, are normal. */
    private static final Duration STEP = Duration.ofSeconds(5);

    /** The service reports whole seconds, and an answer takes a moment. */
    private static final Duration DATE_PRECISION = Duration.ofSeconds(1);

    private static final Duration WRONG = Duration.ofSeconds(60);
    private static final Duration SLOW_ANSWER = Duration.ofSeconds(10);

    private final Clock wall;
    private final LongSupplier nanos;
    private Instant anchor;
    private long anchoredAt;
    private Duration gap = Duration.ZERO;
    private boolean observed;
    private @Nullable Duration pendingCorrection;

    /**
     * Send time of a request.
     *
     * @param nanos by the monotonic clock
     * @param gap difference between the system clock and this clock at that time
     */
    record SendTime(long nanos, Duration gap) {}

    /**
     * Starts with the system time.
     *
     * @param nanos a monotonic clock
     */
    public ServiceClock(Clock wall, LongSupplier nanos) {
        this.wall = wall;
        this.nanos = nanos;
        this.anchor = wall();
        this.anchoredAt = nanos.getAsLong();
    }

    @Override
    public synchronized Instant instant() {
        return anchor.plusNanos(nanos.getAsLong() - anchoredAt);
    }

    /** Whether the system clock was changed, or the machine was suspended, since the last date from the service. */
    public synchronized boolean isUntrusted() {
        return observed && exceeds(gap().minus(gap), STEP);
    }

    /** Send time of a request that starts now. */
    synchronized SendTime sendTime() {
        return new SendTime(nanos.getAsLong(), gap());
    }

    /** Handles an answer without a date: nothing can confirm the clock. */
    synchronized void observeMissingDate() {
        gap = gap();
    }

    /** Handles the date in the answer to a request. */
    synchronized void observe(Instant serviceTime, SendTime sent) {
        if (isOutdated(sent)) {
            return;
        }
        observed = true;
        var monotonic = instant();
        var machine = wall();
        var error = Duration.between(serviceTime, monotonic);
        var machineError = Duration.between(serviceTime, machine);
        if (!exceeds(machineError, WRONG)
                && machineError.abs().plus(DATE_PRECISION).compareTo(error.abs()) < 0) {
            follow(machine, exceeds(error, STEP));
        } else if (exceeds(error, WRONG)) {
            confirm(serviceTime, error);
        } else {
            pendingCorrection = null;
        }
        warnOnJump();
    }

    /** Handles the date in a denied request. If it matches the system clock, this process was suspended. */
    synchronized void observeRefusal(Instant serviceTime, SendTime sent) {
        var machine = wall();
        if (!isOutdated(sent) && !exceeds(Duration.between(serviceTime, machine), WRONG) && exceeds(gap(), STEP)) {
            follow(machine, true);
            warnOnJump();
        }
    }

    private boolean isOutdated(SendTime sent) {
        return nanos.getAsLong() - sent.nanos() > SLOW_ANSWER.toNanos() || exceeds(gap().minus(sent.gap()), STEP);
    }

    private void follow(Instant machine, boolean warn) {
        warnIf(warn, "This process was suspended for {}; the clock of the run is adjusted", gap());
        pendingCorrection = null;
        anchor(machine);
    }

    /** Requires a second answer to confirm the first, which may come from another server. */
    private void confirm(Instant serviceTime, Duration error) {
        if (pendingCorrection == null || exceeds(error.minus(pendingCorrection), STEP)) {
            pendingCorrection = error;
            return;
        }
        warnIf(true, "Clock of the run corrected by {} to match the clock of the service", error.negated());
        pendingCorrection = null;
        anchor(serviceTime);
    }

    private void warnOnJump() {
        var now = gap();
        warnIf(
                exceeds(now, STEP) && exceeds(now.minus(gap), STEP),
                "System clock jumped by {}. The run ignores the jump; correct the system clock.",
                now);
        gap = now;
    }

    private Duration gap() {
        return Duration.between(instant(), wall());
    }

    private void anchor(Instant now) {
        anchor = now;
        anchoredAt = nanos.getAsLong();
    }

    private static void warnIf(boolean condition, String text, Duration by) {
        if (condition) {
            log.warn(text, by.truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
        }
    }

    private static boolean exceeds(Duration difference, Duration limit) {
        return difference.abs().compareTo(limit) > 0;
    }

    private Instant wall() {
        return wall.instant();
    }

    @Override
    public ZoneId getZone() {
        return wall.getZone();
    }

    /** Returns this clock: it has no other zone. */
    @Override
    public Clock withZone(ZoneId zone) {
        return this;
    }
}
