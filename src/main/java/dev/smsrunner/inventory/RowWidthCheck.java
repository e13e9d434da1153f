package dev.smsrunner.inventory;

import java.util.List;

/**
 * Compares the number of cells of a row with the header. Spreadsheets leave out empty cells at the end of a row, so a row may end
 * early. It may not where a missing cell could hide a shift of the row or a loss of data.
 */
final class RowWidthCheck {

    private final ProblemList findings;
    private final List<HeaderField> fields;
    private final Separator separator;
    private final int lastRead;
    private int shortRows;
    private int firstShortLine;
    private int shortestRow = Integer.MAX_VALUE;

    RowWidthCheck(ProblemList findings, RowRules rules, HeaderLayout layout, Separator separator) {
        this.findings = findings;
        this.fields = layout.fields();
        this.separator = separator;
        this.lastRead = lastRead(rules);
    }

    private int lastRead(RowRules rules) {
        int last = -1;
        for (int i = 0; i < fields.size(); i++) {
            HeaderField field = fields.get(i);
            Column column = field.column();
            boolean read = column != null
                    && !column.isOnlyCopied()
                    && rules.warningFor(column).isEmpty();
            last = read ? i : last;
        }
        return last;
    }

    /** Reports a row with too few or too many cells; returns true for a row that can be read. */
    boolean check(CsvRecord record, boolean isCutOff) {
        int cells = record.cells().length;
        if (cells == fields.size()) {
            return true;
        }
        if (cells < fields.size() && !isCutOff && hasAllRead(record.cells())) {
            shortRows++;
            firstShortLine = firstShortLine == 0 ? record.line() : firstShortLine;
            shortestRow = Math.min(shortestRow, cells);
            return true;
        }
        findings.problem(
                record.line(),
                "row",
                "has " + Plural.of(cells, "cell") + " where the header has " + fields.size(),
                cells < fields.size() ? adviceForShort(isCutOff) : adviceForLong());
        return false;
    }

    /** Whether the row has every cell that the runner reads, and the last of these is filled. */
    private boolean hasAllRead(String[] cells) {
        return lastRead >= 0
                && cells.length > lastRead
                && !Whitespace.trim(cells[lastRead]).isEmpty();
    }

    private String adviceForShort(boolean isCutOff) {
        return isCutOff
                ? "check whether the file is cut off here, then add the missing " + separators()
                : "add the missing " + separators() + "; a spreadsheet leaves out empty cells at the end of a row";
    }

    private String adviceForLong() {
        return "remove the surplus " + separators() + ", or put a cell with a " + separator.noun() + " in quotes";
    }

    private String separators() {
        return separator.noun() + "s";
    }

    /** Reports the accepted short rows once. */
    void finish() {
        if (shortRows > 0) {
            String columns = String.join(
                    ", ",
                    fields.subList(shortestRow, fields.size()).stream()
                            .map(HeaderField::name)
                            .filter(name -> !name.isEmpty())
                            .toList());
            findings.warning(
                    firstShortLine,
                    "row",
                    "is the first of " + Plural.of(shortRows, "row") + " without all cells at the end"
                            + (columns.isEmpty() ? "" : " (" + columns + ")"),
                    "the missing cells are empty");
        }
    }
}
