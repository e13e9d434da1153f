package dev.smsrunner.cutover;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many targets are being launched, and when the latest launch was.
 *
 * @param latest null when nothing was launched yet
 */
record LaunchActivity(int now, @Nullable Instant latest) {

    /** With one more, at that instant. */
    LaunchActivity plusOne(Instant at) {
        return new LaunchActivity(now + 1, at);
    }
}
