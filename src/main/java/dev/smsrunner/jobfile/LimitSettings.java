package dev.smsrunner.jobfile;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How much at once.
 *
 * @param concurrent how many servers are migrated at the same time, 1 to 1000
 * @param requestsPerSecond calls per second to one account; null = learned from the answers
 * @param databaseOutage how long a run waits for its database before it gives up, resumable
 */
public record LimitSettings(int concurrent, @Nullable Double requestsPerSecond, Duration databaseOutage) {}
