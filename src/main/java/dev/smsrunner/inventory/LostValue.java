package dev.smsrunner.inventory;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Texts that an export or a spreadsheet leaves where it has lost a name or an id. */
final class LostValue {

    /** A spreadsheet shows a long number as {@code 1.23E+11}, without its last digits. */
    private static final Pattern NUMBER = Pattern.compile("[0-9](?:[.,][0-9]+)?[Ee]\\+[0-9]{1,3}");

    private LostValue() {}

    /** Problem of a cell that must be a name or an id, or null. */
    static @Nullable CellProblem problemOf(String value) {
        if (value.indexOf('+') > 0 && NUMBER.matcher(value).matches()) {
            return new CellProblem(
                    QuotedText.of(value) + " is a number, into which a spreadsheet turned the text",
                    "format the column as text in the spreadsheet, then enter the value again");
        }
        return PlaceholderWords.contains(value) ? PlaceholderWords.problemOf(value) : null;
    }
}
