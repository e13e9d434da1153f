package dev.smsrunner.support;

/**
 * Escapes spreadsheet formulas (CWE-1236): a cell that starts like a formula gets an apostrophe. Leading blanks and invisible
 * characters do not count, since some programs skip them.
 */
public final class FormulaEscaper {

    private static final String STARTS = "=+-@\t\r\n\0\uff1d\uff0b\uff0d\uff20";

    private FormulaEscaper() {}

    /** Escapes a cell for a CSV file that may be opened in a spreadsheet. */
    public static String escape(String cell) {
        return isFormula(cell) ? "'" + cell : cell;
    }

    private static boolean isFormula(String cell) {
        for (int at = 0; at < cell.length(); at++) {
            char letter = cell.charAt(at);
            if (STARTS.indexOf(letter) >= 0) {
                return true;
            }
            if (!isInvisible(letter)) {
                return false;
            }
        }
        return false;
    }

    private static boolean isInvisible(char letter) {
        return Character.isWhitespace(letter)
                || Character.isSpaceChar(letter)
                || Character.isISOControl(letter)
                || Character.getType(letter) == Character.FORMAT;
    }
}
