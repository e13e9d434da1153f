package dev.smsrunner.cli.console;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Text table with fitted column widths; columns of numbers are right-aligned. */
public final class TextTable {

    private static final String GAP = "  ";

    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(Object... header) {
        row(header);
    }

    /** Adds a row; unsafe characters are escaped. */
    public TextTable row(Object... cells) {
        rows.add(Stream.of(cells).map(String::valueOf).map(Console::safe).toList());
        return this;
    }

    /** Lines of the table, the header first. */
    public List<String> lines(AnsiStyle style) {
        var lines = new ArrayList<String>(rows.size());
        for (var row : rows) {
            var line = line(row);
            lines.add(lines.isEmpty() ? style.strong(line) : line);
        }
        return lines;
    }

    private String line(List<String> row) {
        var line = new StringBuilder();
        for (int column = 0; column < row.size(); column++) {
            line.append(column == 0 ? "" : GAP).append(padded(row.get(column), column));
        }
        return line.toString().stripTrailing();
    }

    private String padded(String cell, int column) {
        var blanks = " ".repeat(width(column) - length(cell));
        return isNumbers(column) ? blanks + cell : cell + blanks;
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> length(row.get(column))).max().orElse(0);
    }

    private boolean isNumbers(int column) {
        return rows.size() > 1
                && rows.stream().skip(1).allMatch(row -> row.get(column).matches("\\d*"));
    }

    private static int length(String cell) {
        return cell.codePointCount(0, cell.length());
    }
}
