package dev.smsrunner.cloud;

import static dev.smsrunner.cloud.CallLog.SECOND;

import org.jspecify.annotations.Nullable;

/**
 * How fast calls may go: learns the limit of the service from its refusals. Pure arithmetic on the times it is given (nanoseconds), not
 * thread safe.
 *
 * <p>Starts at 10/s and doubles each half second while the budget is used and nothing is refused. The first refusal gives the ceiling: the
 * calls that were accepted in the second before. Then the rate holds a little below the ceiling and probes slightly above it now and
 * then, the more seldom the better the ceiling is known, since each probe that finds the limit costs a refusal or two.
 */
final class RateEstimator {

    static final double FIRST_RATE = 10;

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
    private static final long STEP_TIME = SECOND / 8;

    private final CallLog log = new CallLog();
    private final boolean fixed;
    private double rate;
    private double ceiling;
    private @Nullable RateLimitWindow limit;
    private boolean confirmed;
    private double step;
    private double survived;
    private boolean coldRefusal;
    private boolean begun;
    private long begunAt;
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
    }

    static RateEstimator auto() {
        return new RateEstimator(false, FIRST_RATE);
    }

    /** @param perSecond calls per second, never exceeded and not raised */
    static RateEstimator fixed(double perSecond) {
        return new RateEstimator(true, perSecond);
    }

    /** When the next call may go; in the past or now means at once. */
    long nextAt(long now) {
        if (!begun) {
            return now;
        }
        return Math.max(Math.max(nextSlot, blockedUntil), roomAt());
    }

    /** When a window of one second, which may count refused calls too, has room again: what is too many was sent before the last cut. */
    private long roomAt() {
        if (ceiling == 0 || limit != null || step > 0) {
            return 0;
        }
        int most = Math.max(1, (int) (ceiling + 0.01));
        long oldest = log.issuedBack(most, -1);
        return oldest < 0 || oldest > cutAt ? 0 : oldest + SECOND + ROOM_SLACK;
    }

    /**
     * A call goes now.
     *
     * @return the name of this call, to be given back with its answer
     */
    long issued(long now) {
        if (!begun) {
            begin(now);
        }
        long idle = Math.max(0, now - nextAt(now) - interval() - CATCH_UP);
        lastIssued = Math.max(now, lastIssued + 1);
        nextSlot = Math.max(nextSlot, now - Math.min(interval(), CATCH_UP)) + interval();
        log.issued(lastIssued, idle);
        phaseCalls++;
        if (!fixed) {
            adapt(now);
        }
        return lastIssued;
    }

    /**
     * An answer came, or the call was lost.
     *
     * @param pauseNanos what the service asked to wait, 0 when it did not
     * @param window the limit that the answer names
     */
    void answered(long issued, long now, boolean refused, long pauseNanos, @Nullable RateLimitWindow window) {
        log.answered(issued, refused);
        if (!refused) {
            return;
        }
        block(now, pauseNanos);
        boolean told = window != null && !window.equals(limit);
        if (told) {
            learn(window, now);
        } else if (cut && issued - cutAt <= 0) {
            block(Math.max(now, blockedUntil), Math.min(interval(), SECOND / Math.max(1, recentCalls(now))));
        } else if (fixed) {
            cut(now, rate);
        } else if (ceiling == 0 && now - begunAt < SECOND && pauseNanos == 0) {
            coldRefusal = true;
        } else {
            refused(issued, now);
        }
    }

    double rate() {
        return rate;
    }

    /** Calls per second that the service is believed to allow; 0 while nothing was refused. */
    double ceiling() {
        return ceiling;
    }

    private void begin(long now) {
        begun = true;
        begunAt = now;
        nextSlot = now;
        blockedUntil = now;
        lastIssued = now - 1;
        phaseAt = now;
    }

    private long interval() {
        return (long) (SECOND / rate);
    }

    private void adapt(long now) {
        if (coldRefusal && now - begunAt >= SECOND) {
            refused(lastIssued, now);
            coldRefusal = false;
        } else if (ceiling == 0) {
            grow(now);
        } else if (limit == null && step == 0) {
            rest(now);
        } else if (limit == null) {
            probe(now);
        }
    }

    /** Slow start: doubles each half second, in small steps, as long as the callers use what they get. */
    private void grow(long now) {
        if (now - phaseAt < STEP_TIME || coldRefusal) {
            return;
        }
        if (log.used(phaseAt, now)) {
            setRate(rate * Math.pow(4, Math.min(0.5, (double) (now - phaseAt) / SECOND)));
        }
        phase(now);
    }

    /** Below the ceiling: creeps up a little, and after a while begins to probe. */
    private void rest(long now) {
        long calm = now - phaseAt;
        if (calm > 5 * SECOND) {
            setRate(Math.max(rate, CALM * ceiling));
        }
        long wait = confirmed ? Math.max(10 * SECOND, 50 * pause) : 6 * SECOND / 5;
        if (calm > wait
                && (!confirmed || phaseCalls > CALLS_BETWEEN_PROBES << failedProbes || calm > 150 * SECOND)
                && log.used(now - SECOND, now)) {
            step = FIRST_STEP;
            survived = ceiling;
            setRate(ceiling * (1 + step));
            phase(now);
        }
    }

    /** Above the ceiling: a step that nothing was refused in raises the ceiling, with a delay of one step; the next one is twice as wide. */
    private void probe(long now) {
        long time = confirmed ? 5 * SECOND : SECOND;
        if (now - phaseAt < Math.max(time, 10 * interval())) {
            return;
        }
        if (log.used(phaseAt, now)) {
            failedProbes = 0;
            survived = rate;
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

    private void setRate(double wanted) {
        rate = Math.min(FASTEST, Math.max(SLOWEST, wanted));
    }

    /** A refusal that the last cut did not foresee: finds the new ceiling and goes below it. */
    private void refused(long issued, long now) {
        boolean soon = cut && step == 0 && now - cutAt < SOON;
        strikes = soon ? strikes + 1 : 0;
        if (ceiling == 0) {
            emptyAt = issued;
        } else if (!soon && log.accepted(refusedAt, issued) >= ENOUGH) {
            emptyAt = refusedAt;
        }
        log.remember(25 * interval());
        refusedAt = issued;
        failedProbes = step > 0 && confirmed ? Math.min(3, failedProbes + 1) : failedProbes;
        double before = rate;
        double ceilingBefore = ceiling;
        double found = ceiling == 0
                ? firstCeiling(coldRefusal ? begunAt + SECOND : issued)
                : step > 0 ? probedCeiling(issued) : lowerCeiling(issued);
        ceiling = Math.max(SLOWEST, found);
        boolean measured = ceilingBefore == 0 || step > 0;
        confirmed = measured ? before <= 1.15 * ceiling : confirmed && strikes < 3;
        failedProbes = confirmed ? failedProbes : 0;
        step = 0;
        cut(now, HOLD * ceiling);
    }

    /** Measured: what was accepted in the second before, if that second was used; never above the rate. */
    private double firstCeiling(long issued) {
        double accepted = Math.max(1, Math.floor(log.likelyAccepted(issued - SECOND - 1, issued)));
        return log.used(issued - SECOND, issued) ? Math.min(accepted, 2 * rate) : Math.max(accepted, rate / 2);
    }

    /** Between the last step that nothing was refused in and this one; a sliding window tells exactly. */
    private double probedCeiling(long issued) {
        return clamp(log.accepted(issued - SECOND, issued), survived, rate);
    }

    /**
     * Refused although below the ceiling. Right after a cut the limiter may only need time, so the first answer is a longer pause; when that
     * does not help the ceiling was too high. Much later it may be chance.
     */
    private double lowerCeiling(long issued) {
        double recent = recent(issued);
        if (confirmed && strikes < 3) {
            return Double.isNaN(recent) ? 0.97 * ceiling : clamp(recent, 0.9 * ceiling, 0.97 * ceiling);
        }
        if (Double.isNaN(recent)) {
            return strikes > 4 ? ceiling / 2 : ceiling;
        }
        return clamp(recent, 0.5 * ceiling, 0.97 * ceiling);
    }

    /**
     * What the service really let through per second between the last refusal and this one, at most over ten seconds. Whatever the limiter
     * saves up for bursts was used up at both ends, so this is never above the limit, but for the rounding of few calls. NaN when too short or
     * not used.
     */
    private double recent(long issued) {
        long from = Math.max(emptyAt, issued - Math.max(10 * SECOND, 20 * interval()));
        long time = issued - from;
        int accepted = log.accepted(from, issued);
        boolean settled = strikes == 0;
        boolean enough =
                settled ? accepted >= ENOUGH : accepted >= 8 ? time >= SECOND / 4 : accepted >= 2 && time >= SECOND;
        return enough && log.used(from, issued)
                ? (settled ? accepted : accepted + 1) * (double) SECOND / time
                : Double.NaN;
    }

    private void learn(RateLimitWindow told, long now) {
        limit = told;
        log.remember(Math.min(told.time().toNanos(), 7200 * SECOND));
        double allowed = HOLD * told.perSecond();
        ceiling = told.perSecond();
        confirmed = true;
        coldRefusal = false;
        step = 0;
        setRate(fixed ? Math.min(rate, allowed) : allowed);
        // a sliding window has room again when the oldest of its calls leaves it
        long oldest = log.acceptedBack(
                (int) Math.min(told.calls() - 1, Integer.MAX_VALUE),
                now - told.time().toNanos());
        markCut(now);
        block(oldest, told.time().toNanos());
        block(now, interval());
    }

    /** Goes on at the new rate after a pause in which refused calls, should they count, leave the window of the limiter. */
    private void cut(long now, double newRate) {
        int refused = log.refused(now - SECOND, now);
        int all = Math.max(1, recentCalls(now));
        setRate(newRate);
        markCut(now);
        block(now, fixed ? SECOND : Math.min(SECOND, (refused + 1) * SECOND / all));
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
