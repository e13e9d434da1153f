package dev.smsrunner.cutover;

import java.time.Duration;

/** Texts for durations and ordinal numbers. */
final class CountFormats {

    private static final int TEENS = 10;

    private CountFormats() {}

    /** {@code 4 d 2 h}, {@code 2 h 10 min}, {@code 40 s}; at least one second. */
    static String of(Duration time) {
        if (time.toDays() > 0) {
            return "%d d %d h".formatted(time.toDays(), time.toHoursPart());
        }
        if (time.toHours() > 0) {
            return "%d h %d min".formatted(time.toHours(), time.toMinutesPart());
        }
        return time.toMinutes() > 0 ? time.toMinutes() + " min" : Math.max(1, time.toSeconds()) + " s";
    }

    /** {@code 1st}, {@code 22nd}, {@code 113th}. */
    static String ordinal(int number) {
        boolean teen = number / TEENS % TEENS == 1;
        var ending = teen
                ? "th"
                : switch (number % TEENS) {
                    case 1 -> "st";
                    case 2 -> "nd";
                    case 3 -> "rd";
                    default -> "th";
                };
        return number + ending;
    }
}
