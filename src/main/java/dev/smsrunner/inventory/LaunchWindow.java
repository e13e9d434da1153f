package dev.smsrunner.inventory;

import java.time.Instant;

/**
 * Cutover window of the job file, as far as an inventory can contradict it.
 *
 * @param name name in the job file; empty for the one window without a name
 * @param open first instant of a launch
 * @param lastCall first instant without launches
 * @param close end of the window
 * @param text opening and last call, for messages
 */
public record LaunchWindow(String name, Instant open, Instant lastCall, Instant close, String text) {

    boolean allows(Instant launch) {
        return launch.isBefore(lastCall) && !launch.isBefore(open);
    }

    boolean overlaps(LaunchWindow other) {
        return open.isBefore(other.close) && other.open.isBefore(close);
    }
}
