package dev.smsrunner.inventory;

import java.nio.file.Path;

/** Prefix of a message about a file: {@code file:line: column: }. */
final class SourceLocation {

    private SourceLocation() {}

    static String of(Path file, int line, String column) {
        String place = line > 0 ? file + ":" + line + ": " : file + ": ";
        return column.isEmpty() ? place : place + column + ": ";
    }
}
