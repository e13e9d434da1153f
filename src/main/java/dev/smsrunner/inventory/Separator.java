package dev.smsrunner.inventory;

import com.opencsv.ICSVParser;
import com.opencsv.RFC4180ParserBuilder;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Character between two cells of a file. */
enum Separator {
    COMMA(',', "comma"),
    SEMICOLON(';', "semicolon"),
    TAB('\t', "TAB");

    private static final String DECLARATION = "sep=";

    private final char character;
    private final String noun;

    Separator(char character, String noun) {
        this.character = character;
        this.noun = noun;
    }

    /** Name of the character in messages. */
    String noun() {
        return noun;
    }

    ICSVParser parser() {
        return new RFC4180ParserBuilder().withSeparator(character).build();
    }

    /** Separator with this character. */
    static Separator of(char character) {
        return Arrays.stream(values())
                .filter(each -> each.character == character)
                .findFirst()
                .orElse(COMMA);
    }

    /** Separator of a header: the comma if the line has one, else the separator with the most known columns. */
    static Separator ofHeader(String line) {
        if (line.indexOf(COMMA.character) >= 0) {
            return COMMA;
        }
        Separator best = COMMA;
        for (Separator each : List.of(SEMICOLON, TAB)) {
            boolean occurs = line.indexOf(each.character) >= 0;
            if (occurs && (best == COMMA || each.countKnown(line) > best.countKnown(line))) {
                best = each;
            }
        }
        return best;
    }

    /** Number of known columns in a line that this character separates. Ignores quotes. */
    long countKnown(String line) {
        return Arrays.stream(line.split(String.valueOf(character), RecordSplitter.MAX_CELLS))
                .map(name -> Whitespace.trim(name.replace('"', ' ')))
                .filter(ColumnAliases::isKnown)
                .count();
    }

    /** Whether the line declares the separator for a spreadsheet, such as {@code sep=;}. */
    static boolean isDeclaration(String line) {
        return line.toLowerCase(Locale.ROOT).startsWith(DECLARATION);
    }

    /** Separator of such a line; empty when the runner does not support it. */
    static Optional<Separator> declaredBy(String line) {
        String declared = line.substring(DECLARATION.length());
        return Arrays.stream(values())
                .filter(each -> declared.equals(String.valueOf(each.character)))
                .findFirst();
    }
}
