package dev.smsrunner.inventory;

/**
 * Trims characters that editors and spreadsheets leave around a cell: blanks of every width, no-break spaces, invisible marks.
 */
final class Whitespace {

    private Whitespace() {}

    static String trim(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    static boolean isBlank(char c) {
        return c <= ' ' || c >= 0x7f && (Character.isSpaceChar(c) || c <= 0x9f || isMark(c));
    }

    /** Whether the character is an invisible mark: soft hyphen, zero-width character, byte order mark or direction mark. */
    private static boolean isMark(char c) {
        return c == '\u00ad'
                || c == '\u180e'
                || c >= '\u200b' && c <= '\u200f'
                || c >= '\u202a' && c <= '\u202e'
                || c >= '\u2060' && c <= '\u2069'
                || c == '\ufeff';
    }
}
