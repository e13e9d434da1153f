package dev.smsrunner.inventory;

import java.nio.file.Path;

/**
 * Problem of an inventory, printed as {@code file:line: column: problem; advice}.
 *
 * @param file path of the inventory as given
 * @param line first line of the row, from 1; 0 for the whole file
 * @param column column of the header, {@code row}, {@code header}, or empty for the whole file
 * @param problem the problem
 * @param advice remedy
 */
public record RowProblem(Path file, int line, String column, String problem, String advice) {

    @Override
    public String toString() {
        return SourceLocation.of(file, line, column) + problem + "; " + advice;
    }
}
