package dev.smsrunner.inventory;

import java.nio.file.Path;

/**
 * Something in an inventory that is worth a look but stops nothing, such as an unknown column.
 *
 * @param file the inventory as it was named
 * @param line the line, from 1; 0 when the whole file is meant
 * @param column the column of the header, or empty
 * @param warning what was noticed
 * @param advice what it means or what to do
 */
public record RowWarning(Path file, int line, String column, String warning, String advice) {

    @Override
    public String toString() {
        return SourceLocation.of(file, line, column) + warning + "; " + advice;
    }
}
