package dev.smsrunner.inventory;

import com.opencsv.ICSVParser;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Splits one record line by line with opencsv, which keeps the text of an unclosed cell for the next line. Measures each cell,
 * since opencsv has no limits and accepts misplaced quotes.
 */
final class RecordSplitter {

    /** Maximum length of a cell, in characters. */
    static final int MAX_CELL_LENGTH = 64 * 1024;

    /** Maximum number of cells of a record. Rows keep at most {@link HeaderCheck#MAX_COLUMNS} of them. */
    static final int MAX_CELLS = 512;

    private static final String QUOTE = "\"";
    private static final String QUOTE_IN_CELL = "\"\"";

    private final ICSVParser parser;
    private final int firstLine;
    private String[] cells = new String[0];
    private int openedOn;
    private @Nullable CellProblem fault;

    /** Starts a record with its first line. */
    RecordSplitter(ICSVParser parser, InventoryLine first) throws IOException {
        this.parser = parser;
        this.firstLine = first.number();
        parser.parseLineMulti(null); // forgets an unclosed cell of the previous record
        add(first);
    }

    /** Whether the next line still belongs to this record. */
    boolean isOpen() {
        return fault == null && parser.isPending();
    }

    @Nullable
    CellProblem fault() {
        return fault;
    }

    /** Complete cells so far. */
    String[] cells() {
        return cells;
    }

    /** Adds one line, without its terminator. */
    void add(InventoryLine line) throws IOException {
        String text = parser.isPending() ? parser.getPendingText() + line.text() : line.text();
        openedOn = parser.isPending() ? openedOn : line.number();
        String[] added = parser.parseLineMulti(line.text());
        int before = cells.length;
        cells = before == 0 ? added : concat(cells, added);
        if (text.length() > MAX_CELL_LENGTH || text.contains(QUOTE)) {
            measure(text, before, line.number());
        } else if (cells.length > MAX_CELLS) {
            fault = new CellProblem(
                    "has " + cells.length + " cells, more than " + MAX_CELLS, "keep the columns that are needed");
        }
    }

    private static String[] concat(String[] first, String[] second) {
        String[] all = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, all, first.length, second.length);
        return all;
    }

    private void measure(String text, int before, int line) {
        int from = 0;
        for (int i = before; i < cells.length && fault == null; i++) {
            boolean quoted = text.startsWith(QUOTE, from);
            String written = quoted ? QUOTE + cells[i].replace(QUOTE, QUOTE_IN_CELL) + QUOTE : cells[i];
            fault = problemOf(i + 1, cells[i], quoted, text.startsWith(written, from), line);
            from += written.length() + 1;
            openedOn = line;
        }
        if (isOpen()) {
            String open = parser.getPendingText();
            String cell = open.substring(1).replace(QUOTE_IN_CELL, QUOTE);
            boolean same = open.equals(QUOTE + cell.replace(QUOTE, QUOTE_IN_CELL));
            fault = problemOf(cells.length + 1, cell, open.startsWith(QUOTE), same, line);
        }
    }

    /** @param same whether the cell, written again, is the text that was split */
    private @Nullable CellProblem problemOf(int number, String cell, boolean quoted, boolean same, int line) {
        if (number > MAX_CELLS) {
            return new CellProblem("has more than " + MAX_CELLS + " cells", "keep the columns that are needed");
        }
        if (quoted && !same) {
            String where =
                    line == firstLine ? "" : ", opened on line " + openedOn + " and closed on line " + line + ",";
            return new CellProblem(
                    "cell " + number + where + " continues after its closing quote",
                    "close each quoted cell before the "
                            + Separator.of(parser.getSeparator()).noun() + " and write each quote inside it twice");
        }
        if (!quoted && cell.contains(QUOTE)) {
            return new CellProblem(
                    "cell " + number + " has a quote in the middle",
                    "put the whole cell in quotes and write each quote inside it twice");
        }
        return cell.length() <= MAX_CELL_LENGTH
                ? null
                : new CellProblem(
                        "cell " + number + " is longer than 64 KB", "check for a missing quote, or shorten the cell");
    }
}
