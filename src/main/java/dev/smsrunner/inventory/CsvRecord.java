package dev.smsrunner.inventory;

import org.jspecify.annotations.Nullable;

/**
 * One record of the file: its cells, or why they cannot be read.
 *
 * @param line the line on which it begins, or that of the fault
 * @param cells the cells as written; empty when there is a fault
 * @param fault why the record cannot be read, or null
 * @param endless whether its end was not found, so that the lines after it may be its own
 */
record CsvRecord(int line, String[] cells, @Nullable CellProblem fault, boolean endless) {

    static CsvRecord good(int line, String[] cells) {
        return new CsvRecord(line, cells, null, false);
    }

    static CsvRecord faulty(int line, CellProblem fault) {
        return new CsvRecord(line, new String[0], fault, false);
    }

    static CsvRecord endless(int line, CellProblem fault) {
        return new CsvRecord(line, new String[0], fault, true);
    }

    /** Whether there is nothing in any cell. */
    boolean isBlank() {
        for (String cell : cells) {
            if (!Whitespace.trim(cell).isEmpty()) {
                return false;
            }
        }
        return fault == null;
    }
}
