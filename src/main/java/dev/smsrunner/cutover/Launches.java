package dev.smsrunner.cutover;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How many targets are being launched, and when the latest launch was.
 *
 * @param latest null when nothing was launched yet
 */
record Launches(int now, @Nullable Instant latest) {

    /** With one more, at that instant. */
    Launches plusOne(Instant at) {
        return new Launches(now + 1, at);
    }
}
