package dev.smsrunner.jobfile;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Settings for polling of running tasks.
 *
 * @param every time between two polls of all servers
 * @param stalledAfter time without progress after which a row counts as stalled
 * @param giveUpAfter time without progress after which the row ends as FAILED; null = never
 */
public record WatchSettings(
        Duration every, Duration stalledAfter, @Nullable Duration giveUpAfter) {}
