package dev.smsrunner.jobfile;

import java.time.Duration;

/**
 * What happens after a failure that may pass, for each server.
 *
 * @param restarts how often a failed task is started again, 0 to 100
 * @param backoff the time before the first restart; doubles each time, with jitter
 */
public record RetrySettings(int restarts, Duration backoff) {}
