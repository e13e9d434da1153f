package dev.smsrunner.report;

import java.util.List;

/**
 * Keeps spreadsheets from running a cell as a formula (CWE-1236): a cell that begins like one gets an apostrophe. Blanks and
 * invisible letters before the beginning do not count, since some programs skip them.
 */
final class FormulaEscaper {

    private static final String STARTS = "=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20";

    private FormulaEscaper() {}

    /** The cells as they may stand in a CSV file that people open. */
    static List<String> escape(List<String> cells) {
        return cells.stream().map(FormulaEscaper::escape).toList();
    }

    /** The cell as it may stand in a CSV file that people open. */
    static String escape(String cell) {
        return dangerous(cell) ? "'" + cell : cell;
    }

    private static boolean dangerous(String cell) {
        for (int at = 0; at < cell.length(); at++) {
            char letter = cell.charAt(at);
            if (STARTS.indexOf(letter) >= 0) {
                return true;
            }
            if (!invisible(letter)) {
                return false;
            }
        }
        return false;
    }

    private static boolean invisible(char letter) {
        return Character.isWhitespace(letter)
                || Character.isSpaceChar(letter)
                || Character.isISOControl(letter)
                || Character.getType(letter) == Character.FORMAT;
    }
}
