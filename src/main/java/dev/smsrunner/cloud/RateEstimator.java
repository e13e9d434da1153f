package dev.smsrunner.cloud;

import static dev.smsrunner.cloud.CallLog.SECOND;

import org.jspecify.annotations.Nullable;

/**
 * Estimates the allowed call rate from throttled calls. Pure arithmetic on the given times (nanoseconds); not
 * thread-safe.
 *
 * <p>The rate grows as {@link SlowStart} says. The first throttled call sets the ceiling: the number of calls accepted
 * in the preceding second. Then the rate holds a little below the ceiling and sometimes probes slightly above it. Probes
 * become rarer as the ceiling becomes better known, since each successful probe costs one or two throttled calls. A fixed
 * rate does not grow; after throttled calls it is the upper limit of the learned rate.
 */
final class RateEstimator {

    private static final double FASTEST = 2_000;
    private static final double SLOWEST = 1.0 / 3600;
    private static final double HOLD = 0.97;
    private static final double CALM = 0.98;
    private static final double FIRST_STEP = 0.03;
    private static final double LARGEST_STEP = 0.5;
    private static final int CALLS_BETWEEN_PROBES = 400;
    private static final int ENOUGH = 10;
    private static final long CATCH_UP = SECOND / 66;
    private static final long SOON = 3 * SECOND;
    private static final long ROOM_SLACK = SECOND / 50;
    private static final double LONGEST_GROWTH = 0.25;
    private static final long STEP_TIME = SECOND / 8;

    private final CallLog log = new CallLog();
    private final SlowStart slowStart = new SlowStart();
    private final boolean fixed;
    private final double fastest;
    private double rate;
    private double ceiling;
    private @Nullable RateLimitWindow limit;
    private boolean confirmed;
    private double step;
    private double lastGoodRate;
    private boolean started;
    private long startedAt;
    private long nextSlot;
    private long lastIssued;
    private long blockedUntil;
    private long pause;
    private boolean cut;
    private long cutAt;
    private long refusedAt;
    private long emptyAt;
    private int strikes;
    private int failedProbes;
    private long phaseAt;
    private int phaseCalls;

    private RateEstimator(boolean fixed, double rate) {
        this.fixed = fixed;
        this.rate = rate;
        this.fastest = fixed ? rate : FASTEST;
    }

    static RateEstimator auto() {
        return new RateEstimator(false, SlowStart.FIRST_RATE);
    }

    /** @param perSecond calls per second, never exceeded; a throttled call lowers the rate */
    static RateEstimator fixed(double perSecond) {
        return new RateEstimator(true, perSecond);
    }

    /** Time of the next free slot; now or in the past means at once. */
    long nextAt(long now) {
        if (!started) {
            return now;
        }
        return Math.max(Math.max(nextSlot, blockedUntil), roomAt());
    }

    /**
     * Time at which a one-second window has room again, even if it counts throttled calls; the excess calls are older
     * than the last cut.
     */
    private long roomAt() {
        if (ceiling == 0 || limit != null || step > 0) {
            return 0;
        }
        int maxCalls = Math.max(1, (int) (ceiling + 0.01));
        long oldest = log.issueTime(maxCalls, -1);
        return oldest < 0 || oldest > cutAt ? 0 : oldest + SECOND + ROOM_SLACK;
    }

    /**
     * Records the start of a call.
     *
     * @return the id of this call, to be returned with its answer
     */
    long issue(long now) {
        if (!started) {
            start(now);
        }
        long idle = Math.max(0, now - nextAt(now) - interval() - CATCH_UP);
        lastIssued = Math.max(now, lastIssued + 1);
        nextSlot = Math.max(nextSlot, now - Math.min(interval(), CATCH_UP)) + interval();
        log.record(lastIssued, idle);
        phaseCalls++;
        adapt(now);
        return lastIssued;
    }

    /**
     * Records an answer or the loss of a call.
     *
     * @param pauseNanos the pause requested by the service, 0 when there is none
     * @param window the limit named by the answer
     */
    void recordAnswer(long issuedAt, long now, boolean refused, long pauseNanos, @Nullable RateLimitWindow window) {
        log.recordAnswer(issuedAt, refused);
        if (!refused) {
            return;
        }
        block(now, pauseNanos);
        if (window != null && !window.equals(limit)) {
            learn(window, now);
        } else if (cut && issuedAt - cutAt <= 0) {
            block(Math.max(now, blockedUntil), Math.min(interval(), SECOND / Math.max(1, recentCalls(now))));
        } else if (isGrowing() && now - startedAt < SECOND && pauseNanos == 0) {
            slowDown(issuedAt, now);
        } else if (ceiling == 0 && fixed) {
            holdBelowFixedRate(issuedAt, now);
        } else {
            handleRefusal(issuedAt, now);
        }
    }

    double rate() {
        return rate;
    }

    /** Estimated limit of the service in calls per second; 0 before the first throttled call. */
    double ceiling() {
        return ceiling;
    }

    private void start(long now) {
        started = true;
        startedAt = now;
        nextSlot = now;
        blockedUntil = now;
        lastIssued = now - 1;
        phaseAt = now;
    }

    private long interval() {
        return (long) (SECOND / rate);
    }

    private void adapt(long now) {
        if (slowStart.isThrottled() && now - startedAt >= SECOND) {
            handleRefusal(lastIssued, now);
            slowStart.end();
        } else if (isGrowing()) {
            grow(now);
        } else if (ceiling == 0) {
            return;
        } else if (limit == null && step == 0) {
            rest(now);
        } else if (limit == null) {
            probe(now);
        }
    }

    /** Whether no throttled call has shown the limit, and the rate may grow. */
    private boolean isGrowing() {
        return !fixed && ceiling == 0;
    }

    /** Slow start: raises the rate in small steps while callers use it. */
    private void grow(long now) {
        if (now - phaseAt < STEP_TIME || slowStart.isThrottled()) {
            return;
        }
        if (log.isUsed(phaseAt, now)) {
            setRate(slowStart.raised(rate, Math.min(LONGEST_GROWTH, (double) (now - phaseAt) / SECOND)));
        }
        phase(now);
    }

    /** Lowers the rate for a throttled call in the first second. */
    private void slowDown(long issuedAt, long now) {
        if (slowStart.cuts(issuedAt, lastIssued, rate)) {
            setRate(slowStart.lowered(rate));
            nextSlot = now + interval();
        }
    }

    /** Below the ceiling: raises the rate a little, and starts to probe after a while. */
    private void rest(long now) {
        long calm = now - phaseAt;
        if (calm > 5 * SECOND) {
            setRate(Math.max(rate, CALM * ceiling));
        }
        long wait = confirmed ? Math.max(10 * SECOND, 50 * pause) : 6 * SECOND / 5;
        if (calm > wait
                && rate < fastest
                && (!confirmed || phaseCalls > CALLS_BETWEEN_PROBES << failedProbes || calm > 150 * SECOND)
                && log.isUsed(now - SECOND, now)) {
            step = FIRST_STEP;
            lastGoodRate = ceiling;
            setRate(ceiling * (1 + step));
            phase(now);
        }
    }

    /** Above the ceiling: a step without throttled calls raises the ceiling, with a delay of one step; the next step is twice as wide. */
    private void probe(long now) {
        long time = confirmed ? 5 * SECOND : SECOND;
        if (now - phaseAt < Math.max(time, 10 * interval())) {
            return;
        }
        if (log.isUsed(phaseAt, now)) {
            failedProbes = 0;
            lastGoodRate = rate;
            ceiling = rate;
            step = Math.min(LARGEST_STEP, step * 2);
            setRate(rate * (1 + step));
        }
        phase(now);
    }

    private void phase(long now) {
        phaseAt = now;
        phaseCalls = 0;
    }

    private void setRate(double target) {
        rate = Math.min(fastest, Math.max(SLOWEST, target));
    }

    /** Handles the first throttled call at a fixed rate: the limit may equal this rate, so the ceiling stays. */
    private void holdBelowFixedRate(long issuedAt, long now) {
        ceiling = rate;
        confirmed = true;
        emptyAt = issuedAt;
        refusedAt = issuedAt;
        log.remember(25 * interval());
        cut(now, HOLD * ceiling);
    }

    /** Handles a throttled call that the last cut does not explain: lowers the ceiling and the rate. */
    private void handleRefusal(long issuedAt, long now) {
        boolean soon = cut && step == 0 && now - cutAt < SOON;
        strikes = soon ? strikes + 1 : 0;
        if (ceiling == 0) {
            emptyAt = issuedAt;
        } else if (!soon && log.countAccepted(refusedAt, issuedAt) >= ENOUGH) {
            emptyAt = refusedAt;
        }
        log.remember(25 * interval());
        refusedAt = issuedAt;
        failedProbes = step > 0 && confirmed ? Math.min(3, failedProbes + 1) : failedProbes;
        double previousRate = slowStart.triedRate(rate);
        double previousCeiling = ceiling;
        double newCeiling = ceiling == 0
                ? firstCeiling(slowStart.isThrottled() ? startedAt + SECOND : issuedAt)
                : step > 0 ? probedCeiling(issuedAt) : lowerCeiling(issuedAt);
        ceiling = Math.max(SLOWEST, newCeiling);
        boolean measured = previousCeiling == 0 || step > 0;
        confirmed = measured ? previousRate <= 1.15 * ceiling : confirmed && strikes < 3;
        failedProbes = confirmed ? failedProbes : 0;
        step = 0;
        cut(now, HOLD * ceiling);
    }

    /** Calls accepted in the preceding second, if that second was used; never above the rate. */
    private double firstCeiling(long issuedAt) {
        double accepted = Math.max(1, Math.floor(log.estimateAccepted(issuedAt - SECOND - 1, issuedAt)));
        double tried = slowStart.triedRate(rate);
        return log.isUsed(issuedAt - SECOND, issuedAt) ? Math.min(accepted, 2 * tried) : Math.max(accepted, tried / 2);
    }

    /** Limit between the last step without throttled calls and this step; exact for a sliding window. */
    private double probedCeiling(long issuedAt) {
        return clamp(log.countAccepted(issuedAt - SECOND, issuedAt), lastGoodRate, rate);
    }

    /**
     * Ceiling after a throttled call below the ceiling. Right after a cut the limiter may only need time, so the first
     * reaction is a longer pause. If that does not help, the ceiling was too high. Much later it may be chance.
     */
    private double lowerCeiling(long issuedAt) {
        double recent = recent(issuedAt);
        if (confirmed && strikes < 3) {
            return Double.isNaN(recent) ? 0.97 * ceiling : clamp(recent, 0.9 * ceiling, 0.97 * ceiling);
        }
        if (Double.isNaN(recent)) {
            return strikes > 4 ? ceiling / 2 : ceiling;
        }
        return clamp(recent, 0.5 * ceiling, 0.97 * ceiling);
    }

    /**
     * Calls per second accepted between the last two throttled calls, at most over ten seconds. The limiter's burst
     * allowance was used up at both ends, so the result never exceeds the limit, except for rounding with few calls.
     * NaN when the interval is too short or not used.
     */
    private double recent(long issuedAt) {
        long from = Math.max(emptyAt, issuedAt - Math.max(10 * SECOND, 20 * interval()));
        long time = issuedAt - from;
        int accepted = log.countAccepted(from, issuedAt);
        boolean settled = strikes == 0;
        boolean enough =
                settled ? accepted >= ENOUGH : accepted >= 8 ? time >= SECOND / 4 : accepted >= 2 && time >= SECOND;
        return enough && log.isUsed(from, issuedAt)
                ? (settled ? accepted : accepted + 1) * (double) SECOND / time
                : Double.NaN;
    }

    private void learn(RateLimitWindow named, long now) {
        limit = named;
        log.remember(Math.min(named.time().toNanos(), 7200 * SECOND));
        double allowed = HOLD * named.perSecond();
        ceiling = named.perSecond();
        confirmed = true;
        slowStart.end();
        step = 0;
        setRate(allowed);
        // a sliding window has room again when its oldest call leaves it
        long oldest = log.acceptedTime(
                (int) Math.min(named.calls() - 1, Integer.MAX_VALUE),
                now - named.time().toNanos());
        markCut(now);
        block(oldest, named.time().toNanos());
        block(now, interval());
    }

    /** Continues at the new rate after a pause. During the pause, throttled calls leave the limiter's window, should they count. */
    private void cut(long now, double newRate) {
        int refused = log.countRefused(now - SECOND, now);
        int all = Math.max(1, recentCalls(now));
        setRate(newRate);
        markCut(now);
        block(now, Math.min(SECOND, (refused + 1) * SECOND / all));
        block(now, strikes > 0 ? Math.min(2 * SECOND, (SECOND / 8) << Math.min(4, strikes)) : 0);
        pause = blockedUntil - now;
    }

    private void markCut(long now) {
        cut = true;
        cutAt = now;
        nextSlot = now;
        phase(now);
    }

    private int recentCalls(long now) {
        return log.count(now - SECOND, now);
    }

    private void block(long from, long nanos) {
        blockedUntil = Math.max(blockedUntil, from + nanos);
    }

    private static double clamp(double value, double low, double high) {
        return Math.max(low, Math.min(high, value));
    }
}
