package dev.smsrunner.preflight;

/**
 * Something that preflight found about one row.
 *
 * @param severity what it means for the row
 * @param text what was found, and what to do about it
 */
public record Finding(Severity severity, String text) {

    /** What a finding means for its row. */
    public enum Severity {
        /** Worth knowing; the row goes on. */
        WARNING,
        /** Nothing is to be done for the row: it is skipped. */
        NOTHING_TO_DO,
        /** The row is rejected. */
        ERROR
    }

    /** The row is rejected. */
    public static Finding error(String text, Object... values) {
        return new Finding(Severity.ERROR, text.formatted(values));
    }

    /** Worth knowing; the row goes on. */
    public static Finding warning(String text, Object... values) {
        return new Finding(Severity.WARNING, text.formatted(values));
    }

    /** The row is skipped. */
    public static Finding nothingToDo(String text, Object... values) {
        return new Finding(Severity.NOTHING_TO_DO, text.formatted(values));
    }
}
