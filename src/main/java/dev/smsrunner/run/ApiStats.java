package dev.smsrunner.run;

import dev.smsrunner.support.CallCounts;
import java.util.Map;

/**
 * API usage of this process so far.
 *
 * @param calls sent since this process started the run
 * @param perSecond calls sent per second, recently
 * @param limitPerSecond estimated limit of the service in calls per second, 0 while unknown
 * @param throttled responses with HTTP 429
 * @param byResult exchanges by operation and result
 */
public record ApiStats(
        long calls, double perSecond, double limitPerSecond, long throttled, Map<CallCounts.Key, Long> byResult) {

    /** Usage without the exchanges by operation. */
    public ApiStats(long calls, double perSecond, double limitPerSecond, long throttled) {
        this(calls, perSecond, limitPerSecond, throttled, Map.of());
    }

    /** No call yet. */
    public static final ApiStats NONE = new ApiStats(0, 0, 0, 0);
}
