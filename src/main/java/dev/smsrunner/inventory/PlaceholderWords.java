package dev.smsrunner.inventory;

import java.util.Locale;
import java.util.Set;

/** Words that spreadsheets, scripts and databases write for a missing value. None of them is a name or an id. */
final class PlaceholderWords {

    private static final int MAX_LENGTH = 16;

    private static final Set<String> WORDS = Set.of(
            "null",
            "(null)",
            "<null>",
            "[null]",
            "nil",
            "none",
            "(none)",
            "nan",
            "nat",
            "<na>",
            "na",
            "n/a",
            "n.a.",
            "#n/a",
            "#na",
            "#ref!",
            "#value!",
            "#name?",
            "#null!",
            "tbd",
            "tba",
            "todo",
            "to be determined",
            "unknown",
            "undefined",
            "not available",
            "not applicable",
            "-",
            "--",
            "?",
            "??");

    private PlaceholderWords() {}

    static boolean contains(String value) {
        return value.length() <= MAX_LENGTH && WORDS.contains(value.toLowerCase(Locale.ROOT));
    }

    /** Problem of a cell that must be a name or an id. */
    static CellProblem problemOf(String value) {
        return new CellProblem(
                QuotedText.of(value) + " stands for a missing value", "write the value, or leave the cell empty");
    }
}
