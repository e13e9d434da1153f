package dev.smsrunner.documents;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Blocks of Markdown, wrapped at a readable width. */
public final class Markdown {

    /** Width of prose. Code spans and links are not broken, so a line may be longer. */
    private static final int WIDTH = 110;

    private static final Pattern WORD = Pattern.compile("(?:`[^`]*`|\\[[^\\]]*]\\([^)]*\\)|[^\\s`\\[]|\\[|`)+");

    /** Text that starts a list, a quotation or a heading at the start of a line. */
    private static final Pattern MARKER = Pattern.compile("[-+*>]|#+|\\d+[.)]");

    private Markdown() {}

    /** A paragraph. */
    public static List<String> paragraph(String text) {
        return wrapped(text, "", "");
    }

    /** An item of a list. */
    public static List<String> item(String text) {
        return wrapped(text, "- ", "  ");
    }

    /** A fenced block. */
    public static List<String> fenced(String language, List<String> lines) {
        return Stream.of(List.of("```" + language), lines, List.of("```"))
                .flatMap(List::stream)
                .toList();
    }

    /** A table; a vertical bar in a cell is escaped. */
    public static List<String> table(List<String> header, List<List<String>> rows) {
        List<String> lines = new ArrayList<>();
        lines.add(row(header));
        lines.add("|" + String.join("|", Collections.nCopies(header.size(), "---")) + "|");
        rows.forEach(row -> lines.add(row(row)));
        return lines;
    }

    private static String row(List<String> cells) {
        return "| "
                + String.join(
                        " | ",
                        cells.stream().map(cell -> cell.replace("|", "\\|")).toList()) + " |";
    }

    /** The text as code, empty for an empty text. */
    public static String code(String text) {
        return text.isEmpty() ? "" : "`" + text + "`";
    }

    private static List<String> wrapped(String text, String first, String next) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder(first);
        boolean empty = true;
        for (String word : WORD.matcher(text).results().map(MatchResult::group).toList()) {
            if (!empty
                    && line.length() + 1 + word.length() > WIDTH
                    && !MARKER.matcher(word).matches()) {
                lines.add(line.toString());
                line = new StringBuilder(next);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        lines.add(line.toString());
        return lines;
    }
}
