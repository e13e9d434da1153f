package dev.smsrunner.jobfile;

import java.time.Duration;

/**
 * Handling of temporary failures, for each server.
 *
 * @param restarts maximum number of restarts of a failed task, 0 to 100
 * @param backoff wait before the first restart; doubles each time, with jitter
 */
public record RetrySettings(int restarts, Duration backoff) {}
