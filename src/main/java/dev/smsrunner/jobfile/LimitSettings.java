package dev.smsrunner.jobfile;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Limits of concurrency, call rate and outages.
 *
 * @param concurrent maximum number of servers under way, 1 to 1000
 * @param requestsPerSecond maximum calls per second; null = adaptive
 * @param databaseOutage maximum wait for an unreachable database; then the run ends, resumable
 */
public record LimitSettings(int concurrent, @Nullable Double requestsPerSecond, Duration databaseOutage) {}
