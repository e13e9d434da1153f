package dev.smsrunner.preflight;

import org.jspecify.annotations.Nullable;

/**
 * Preflight finding about one row.
 *
 * @param severity effect on the row
 * @param text the problem and its remedy
 */
public record Finding(Severity severity, String text) {

    /** Effect of a finding on its row. */
    public enum Severity {
        /** Information; the row continues. */
        WARNING,
        /** Nothing to do; the row is skipped. */
        NOTHING_TO_DO,
        /** The row is rejected. */
        ERROR
    }

    /** Finding that rejects the row. */
    public static Finding error(String text, @Nullable Object... values) {
        return new Finding(Severity.ERROR, text.formatted(values));
    }

    /** Finding that only informs; the row continues. */
    public static Finding warning(String text, @Nullable Object... values) {
        return new Finding(Severity.WARNING, text.formatted(values));
    }

    /** Finding that skips the row. */
    public static Finding nothingToDo(String text, @Nullable Object... values) {
        return new Finding(Severity.NOTHING_TO_DO, text.formatted(values));
    }
}
