package dev.smsrunner.inventory;

import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Grammar of the columns that permit or forbid the work on a row. An empty cell permits it. */
final class Permission {

    private static final Set<String> YES = Set.of("yes", "y", "true", "1");
    private static final Set<String> NO = Set.of("no", "n", "false", "0");

    private Permission() {}

    /** Problem of a cell, or null. */
    static @Nullable CellProblem check(String cell) {
        String word = cell.toLowerCase(Locale.ROOT);
        return YES.contains(word) || NO.contains(word)
                ? null
                : new CellProblem(
                        QuotedText.of(cell) + " is neither yes nor no",
                        "write yes or no (y, n, true, false, 1, 0), or leave the cell empty for yes");
    }

    static boolean isNo(String cell) {
        return !cell.isEmpty() && NO.contains(cell.toLowerCase(Locale.ROOT));
    }
}
