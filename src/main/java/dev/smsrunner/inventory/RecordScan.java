package dev.smsrunner.inventory;

import org.jspecify.annotations.Nullable;

/** Tracks the quotes of one record line by line and stops at the first fault, before the parser gets the text. */
final class RecordScan {

    /** Maximum length of a cell, in characters. */
    static final int MAX_CELL_LENGTH = 64 * 1024;

    /** Maximum number of columns. */
    static final int MAX_CELLS = 64;

    private enum State {
        CELL_START,
        PLAIN,
        QUOTED,
        AFTER_QUOTE
    }

    private final int firstLine;
    private State state = State.CELL_START;
    private int cells = 1;
    private int cellLength;
    private int cellLine;
    private @Nullable CellProblem fault;

    RecordScan(int firstLine) {
        this.firstLine = firstLine;
    }

    /** Whether the next line still belongs to this record. */
    boolean isOpen() {
        return fault == null && state == State.QUOTED;
    }

    @Nullable
    CellProblem fault() {
        return fault;
    }

    int cells() {
        return cells;
    }

    /** Scans one line, without its terminator. */
    void line(InventoryLine line) {
        String text = line.text();
        if (state != State.QUOTED && text.length() <= MAX_CELL_LENGTH && text.indexOf('"') < 0) {
            return;
        }
        for (int i = 0; i < text.length() && fault == null; i++) {
            next(text.charAt(i), line.number());
        }
        if (isOpen()) {
            lengthen();
        }
    }

    private void next(char c, int line) {
        switch (state) {
            case CELL_START -> readStart(c, line);
            case PLAIN -> readPlain(c);
            case QUOTED -> readQuoted(c);
            case AFTER_QUOTE -> readAfterQuote(c, line);
        }
    }

    private void readStart(char c, int line) {
        if (c == '"') {
            state = State.QUOTED;
            cellLine = line;
        } else {
            state = State.PLAIN;
            readPlain(c);
        }
    }

    private void readPlain(char c) {
        if (c == ',') {
            endCell();
        } else if (c == '"') {
            fault = new CellProblem(
                    "cell " + cells + " has a quote in the middle",
                    "put the whole cell in quotes and write each quote inside it twice");
        } else {
            lengthen();
        }
    }

    private void readQuoted(char c) {
        if (c == '"') {
            state = State.AFTER_QUOTE;
        } else {
            lengthen();
        }
    }

    private void readAfterQuote(char c, int line) {
        if (c == '"') {
            state = State.QUOTED;
            lengthen();
        } else if (c == ',') {
            endCell();
        } else {
            String where =
                    line == firstLine ? "" : ", opened on line " + cellLine + " and closed on line " + line + ",";
            fault = new CellProblem(
                    "cell " + cells + where + " continues after its closing quote",
                    "close each quoted cell before the comma and write each quote inside it twice");
        }
    }

    private void endCell() {
        state = State.CELL_START;
        cellLength = 0;
        cells++;
        if (cells > MAX_CELLS) {
            fault = new CellProblem("has more than " + MAX_CELLS + " cells", "keep the columns that are needed");
        }
    }

    private void lengthen() {
        cellLength++;
        if (cellLength > MAX_CELL_LENGTH) {
            fault = new CellProblem(
                    "cell " + cells + " is longer than 64 KB", "check for a missing quote, or shorten the cell");
        }
    }
}
