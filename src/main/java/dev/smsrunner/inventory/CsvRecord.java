package dev.smsrunner.inventory;

import org.jspecify.annotations.Nullable;

/**
 * One record of the file: its cells, or the reason why they cannot be read.
 *
 * @param line first line of the record, or the line of the fault
 * @param cells cells as written; empty when there is a fault
 * @param fault reason why the record cannot be read, or null
 * @param unterminated whether the record has no end, so that the following lines may belong to it
 * @param hasOtherEncoding whether the fault is an encoding other than UTF-8, which the whole file may have
 */
record CsvRecord(
        int line, String[] cells, @Nullable CellProblem fault, boolean unterminated, boolean hasOtherEncoding) {

    static CsvRecord of(int line, String[] cells) {
        return new CsvRecord(line, cells, null, false, false);
    }

    static CsvRecord withFault(int line, CellProblem fault) {
        return new CsvRecord(line, new String[0], fault, false, false);
    }

    static CsvRecord unterminated(int line, CellProblem fault) {
        return new CsvRecord(line, new String[0], fault, true, false);
    }

    /** Record with a line in another encoding. An open quote before that line may reach to the lines below it. */
    static CsvRecord withOtherEncoding(InventoryLine line, boolean unterminated) {
        return new CsvRecord(line.number(), new String[0], line.fault(), unterminated, true);
    }

    /** Whether all cells are empty. */
    boolean isBlank() {
        for (String cell : cells) {
            if (!Whitespace.trim(cell).isEmpty()) {
                return false;
            }
        }
        return fault == null;
    }
}
