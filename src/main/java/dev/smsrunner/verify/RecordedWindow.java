package dev.smsrunner.verify;

import java.time.Duration;
import java.time.Instant;

/**
 * Cutover window in the recorded settings of a run.
 *
 * @param name empty for the one window of {@code cutover.window}
 * @param lockout time before the close without launches
 * @param capacity maximum number of launches; {@link Long#MAX_VALUE} for no limit
 */
record RecordedWindow(String name, Instant open, Instant close, Duration lockout, long capacity) {

    /** Whether the window contains the instant. */
    boolean contains(Instant at) {
        return !at.isBefore(open) && at.isBefore(close);
    }

    /** Whether a launch may be sent at this instant. */
    boolean mayLaunch(Instant at) {
        return contains(at) && at.isBefore(close.minus(lockout));
    }

    String text() {
        return "%s%s to %s".formatted(name.isEmpty() ? "" : name + " ", open, close);
    }
}
