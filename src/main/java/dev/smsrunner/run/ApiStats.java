package dev.smsrunner.run;

/**
 * API usage of this process so far.
 *
 * @param calls sent since this process started the run
 * @param perSecond calls sent per second, recently
 * @param limitPerSecond estimated limit of the service in calls per second, 0 while unknown
 * @param throttled responses with HTTP 429
 */
public record ApiStats(long calls, double perSecond, double limitPerSecond, long throttled) {

    /** No call yet. */
    public static final ApiStats NONE = new ApiStats(0, 0, 0, 0);
}
