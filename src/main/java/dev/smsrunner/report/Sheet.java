package dev.smsrunner.report;

import java.io.IOException;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * A table of a workbook: a header that stays in sight and can be filtered, and rows of typed cells. Instants are shown in
 * UTC, durations as hours, texts as {@link FormulaEscaper} has them in a CSV file. What is too long for a sheet goes on in another.
 */
final class Sheet {

    /** Rows of a sheet, the header included, as spreadsheets have them. */
    static final int MOST_ROWS = Worksheet.MAX_ROWS;

    private static final int BLOCK = 500;

    /** A column: its name, and its width in letters. */
    record Column(String name, int width) {}

    private final Workbook book;
    private final String name;
    private final List<Column> columns;
    private final int mostRows;
    private Worksheet sheet;
    private int number = 1;
    private int row;

    Sheet(Workbook book, String name, List<Column> columns, int mostRows) throws IOException {
        this.book = book;
        this.name = name;
        this.columns = columns;
        this.mostRows = mostRows;
        this.sheet = begin();
    }

    /** One row; null leaves a cell empty. */
    void row(List<? extends @Nullable Object> values) throws IOException {
        if (row == mostRows) {
            end();
            number++;
            sheet = begin();
        }
        for (int column = 0; column < values.size(); column++) {
            Cell.put(sheet, row, column, values.get(column));
        }
        row++;
        if (row % BLOCK == 0) {
            sheet.flush();
        }
    }

    /** No row follows. */
    void end() throws IOException {
        sheet.setAutoFilter(0, 0, Math.max(0, row - 1), columns.size() - 1);
        sheet.finish();
    }

    private Worksheet begin() {
        var begun = book.newWorksheet(number == 1 ? name : name + " " + number);
        begun.freezePane(0, 1);
        begun.pageOrientation("landscape");
        begun.setFitToPage(true);
        begun.fitToWidth((short) 1);
        begun.fitToHeight((short) 0);
        begun.repeatRows(0);
        for (int column = 0; column < columns.size(); column++) {
            begun.width(column, columns.get(column).width());
            begun.inlineString(0, column, Cell.text(columns.get(column).name()));
            begun.style(0, column).bold().fillColor("DDE6F0").set();
        }
        row = 1;
        return begun;
    }
}
