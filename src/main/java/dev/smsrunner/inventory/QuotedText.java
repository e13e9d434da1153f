package dev.smsrunner.inventory;

/** Formats values for messages: in quotes, shortened, with control characters escaped. */
public final class QuotedText {

    private static final int LENGTH = 40;

    private QuotedText() {}

    /** Value in single quotes, at most 40 characters of it. */
    public static String of(String value) {
        StringBuilder quoted = new StringBuilder("'");
        value.codePoints().limit(LENGTH).forEach(c -> append(quoted, c));
        return quoted.append(value.codePointCount(0, value.length()) > LENGTH ? "...'" : "'")
                .toString();
    }

    /** Same text without the quotes, for names in messages. */
    static String inMessage(String value) {
        String quoted = of(value);
        return quoted.substring(1, quoted.length() - 1);
    }

    /** Character in quotes; a character outside ASCII with its code point and its Unicode name. */
    static String named(int c) {
        return of(Character.toString(c)) + (c < 0x7f ? "" : " (" + codePoint(c) + ")");
    }

    /** First invisible character of a text, by code point and Unicode name; empty when it has none. */
    static String firstInvisible(String text) {
        return text.codePoints()
                .filter(QuotedText::isInvisible)
                .mapToObj(QuotedText::codePoint)
                .findFirst()
                .orElse("");
    }

    /** Part of a message that names the first character outside ASCII; empty when there is none. */
    static String strangeCharacter(String value) {
        return value.codePoints()
                .filter(c -> c >= 0x7f)
                .mapToObj(c -> ", since it contains " + named(c))
                .findFirst()
                .orElse("");
    }

    private static String codePoint(int c) {
        String name = Character.getName(c);
        return String.format("U+%04X", c) + (name == null ? "" : " " + name);
    }

    /** Full text with control characters escaped. */
    public static String visible(String text) {
        StringBuilder visible = new StringBuilder();
        text.codePoints().forEach(c -> append(visible, c));
        return visible.toString();
    }

    private static void append(StringBuilder out, int c) {
        if (isInvisible(c)) {
            out.append(String.format("\\u%04x", c));
        } else {
            out.appendCodePoint(c);
        }
    }

    /** Whether the character is a control character, a direction mark, a line separator or an unpaired surrogate. */
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
