package dev.smsrunner.inventory;

import java.nio.file.Path;

/**
 * One reason why an inventory is refused, printed as {@code file:line: column: what; what to do}.
 *
 * @param file the inventory as it was named
 * @param line the line on which the row begins, from 1; 0 when the whole file is meant
 * @param column the column of the header, {@code row}, {@code header}, or empty when the whole file is meant
 * @param problem what is wrong
 * @param advice what to do now
 */
public record RowProblem(Path file, int line, String column, String problem, String advice) {

    @Override
    public String toString() {
        return SourceLocation.of(file, line, column) + problem + "; " + advice;
    }
}
