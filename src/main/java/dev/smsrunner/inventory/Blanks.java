package dev.smsrunner.inventory;

/** Trims what editors and spreadsheets leave around a cell: blanks, no-break and zero-width spaces, stray marks. */
final class Blanks {

    private Blanks() {}

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

    private static boolean isBlank(char c) {
        return c <= ' ' || c == '\u00a0' || c == '\u200b' || c == '\ufeff' || c == '\u3000';
    }
}
