package dev.smsrunner.cutover;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Current number of launches and the time of the latest launch.
 *
 * @param inProgress number of targets that are being launched
 * @param latest null before the first launch
 */
record LaunchActivity(int inProgress, @Nullable Instant latest) {

    /** Copy with one more launch, at this time. */
    LaunchActivity plusOne(Instant at) {
        return new LaunchActivity(inProgress + 1, at);
    }
}
