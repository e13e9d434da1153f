package dev.smsrunner.cli.console;

import java.time.Duration;

/** Short text of a duration. */
public final class HumanDuration {

    private HumanDuration() {}

    /** Two units at most: {@code 45s}, {@code 12m}, {@code 3h12m}, {@code 2d03h}. */
    public static String text(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return seconds / 60 + "m";
        }
        return seconds < 86_400
                ? "%dh%02dm".formatted(seconds / 3600, seconds / 60 % 60)
                : "%dd%02dh".formatted(seconds / 86_400, seconds / 3600 % 24);
    }
}
