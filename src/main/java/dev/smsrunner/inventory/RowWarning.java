package dev.smsrunner.inventory;

import java.nio.file.Path;

/**
 * Warning about an inventory that does not prevent a run, such as an unknown column.
 *
 * @param file path of the inventory as given
 * @param line line, from 1; 0 for the whole file
 * @param column column of the header, or empty
 * @param warning the observation
 * @param advice consequence or remedy
 */
public record RowWarning(Path file, int line, String column, String warning, String advice) {

    @Override
    public String toString() {
        return SourceLocation.of(file, line, column) + warning + "; " + advice;
    }
}
