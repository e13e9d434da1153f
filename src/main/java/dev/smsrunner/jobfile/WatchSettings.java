package dev.smsrunner.jobfile;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the running tasks are looked at.
 *
 * @param every the time between two looks at all servers
 * @param stalledAfter no progress for so long is called a stall
 * @param giveUpAfter no progress for so long ends the row as failed; null = never
 */
public record WatchSettings(
        Duration every, Duration stalledAfter, @Nullable Duration giveUpAfter) {}
