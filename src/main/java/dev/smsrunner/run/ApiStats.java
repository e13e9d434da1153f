package dev.smsrunner.run;

/**
 * How this process has used the service's API so far.
 *
 * @param calls sent since the run began or went on
 * @param perSecond calls sent per second, lately
 * @param limitPerSecond calls per second that the service is believed to allow, 0 while nothing is known
 * @param throttled answers 429 among the calls
 */
public record ApiStats(long calls, double perSecond, double limitPerSecond, long throttled) {

    /** Nothing was sent yet. */
    public static final ApiStats NONE = new ApiStats(0, 0, 0, 0);
}
