package dev.smsrunner.inventory;

/** Shows a value in a message: in quotes, shortened, and with nothing in it that a terminal or a log would obey. */
public final class QuotedText {

    private static final int LENGTH = 40;

    private QuotedText() {}

    /** The value in single quotes, at most 40 characters of it. */
    public static String of(String value) {
        StringBuilder shown = new StringBuilder("'");
        value.codePoints().limit(LENGTH).forEach(c -> append(shown, c));
        return shown.append(value.codePointCount(0, value.length()) > LENGTH ? "...'" : "'")
                .toString();
    }

    /** The text in full, with what a terminal or a log would obey written out. */
    public static String visible(String text) {
        StringBuilder shown = new StringBuilder();
        text.codePoints().forEach(c -> append(shown, c));
        return shown.toString();
    }

    private static void append(StringBuilder shown, int c) {
        if (isInvisible(c)) {
            shown.append(String.format("\\u%04x", c));
        } else {
            shown.appendCodePoint(c);
        }
    }

    /** Whether the character is a control, a direction mark, a line end or half a character. */
    static boolean isInvisible(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> true;
            default -> false;
        };
    }
}
