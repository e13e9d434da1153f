package dev.smsrunner.cloud;

/**
 * Rate before the limit of the service is known. Pure arithmetic; not thread-safe.
 *
 * <p>The rate grows while callers use it and the service throttles nothing. A throttled call in the first second does
 * not name the limit yet, since the service may count per second. So it lowers the rate, and the calls that were
 * accepted until the second ends give the limit.
 */
final class SlowStart {

    /** First rate in calls per second. */
    static final double FIRST_RATE = 20;

    /** Above this rate the growth is slower, so that few calls are under way when the limit is reached. */
    private static final double FAST = 300;

    private static final double DOUBLINGS = 4;
    private static final double FAST_DOUBLINGS = 0.5;
    private static final double CUT = 3;

    private boolean throttled;
    private double triedRate;
    private long cutAt;

    /** Whether a call of the first second was throttled. */
    boolean isThrottled() {
        return throttled;
    }

    /** The highest rate of the first second when it was throttled, else the given rate. */
    double triedRate(double rate) {
        return throttled ? triedRate : rate;
    }

    /** The rate after this time of full use. */
    double raised(double rate, double seconds) {
        return rate * Math.pow(2, seconds * (rate < FAST ? DOUBLINGS : FAST_DOUBLINGS));
    }

    /**
     * Whether this throttled call of the first second lowers the rate; a call issued before the last cut does not.
     *
     * @param lastIssued the id of the newest call
     */
    boolean cuts(long issuedAt, long lastIssued, double rate) {
        if (throttled && issuedAt <= cutAt) {
            return false;
        }
        triedRate = triedRate(rate);
        throttled = true;
        cutAt = lastIssued;
        return true;
    }

    double lowered(double rate) {
        return rate / CUT;
    }

    /** Ends the first second. */
    void end() {
        throttled = false;
    }
}
