package dev.smsrunner.report;

import dev.smsrunner.support.FormulaEscaper;
import java.io.IOException;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/**
 * Table of a workbook with a frozen, filterable header and typed cells: instants in UTC, durations in hours, texts escaped by
 * {@link FormulaEscaper}. A table that exceeds a sheet continues on another.
 */
final class Sheet {

    /** Maximum rows of a sheet, including the header. */
    static final int MAX_ROWS = Worksheet.MAX_ROWS;

    private static final int BLOCK = 500;

    /** A column with its width in characters. */
    record Column(String name, int width) {}

    private final Workbook book;
    private final String name;
    private final List<Column> columns;
    private final int maxRows;
    private Worksheet sheet;
    private int number = 1;
    private int row;

    Sheet(Workbook book, String name, List<Column> columns, int maxRows) throws IOException {
        this.book = book;
        this.name = name;
        this.columns = columns;
        this.maxRows = maxRows;
        this.sheet = newSheet();
    }

    /** Writes one row; null leaves a cell empty. */
    void row(List<? extends @Nullable Object> values) throws IOException {
        if (row == maxRows) {
            end();
            number++;
            sheet = newSheet();
        }
        for (int column = 0; column < values.size(); column++) {
            Cell.put(sheet, row, column, values.get(column));
        }
        row++;
        if (row % BLOCK == 0) {
            sheet.flush();
        }
    }

    /** Finishes the table. */
    void end() throws IOException {
        sheet.setAutoFilter(0, 0, Math.max(0, row - 1), columns.size() - 1);
        sheet.finish();
    }

    private Worksheet newSheet() {
        var worksheet = book.newWorksheet(number == 1 ? name : name + " " + number);
        worksheet.freezePane(0, 1);
        worksheet.pageOrientation("landscape");
        worksheet.setFitToPage(true);
        worksheet.fitToWidth((short) 1);
        worksheet.fitToHeight((short) 0);
        worksheet.repeatRows(0);
        for (int column = 0; column < columns.size(); column++) {
            worksheet.width(column, columns.get(column).width());
            worksheet.inlineString(0, column, Cell.text(columns.get(column).name()));
            worksheet.style(0, column).bold().fillColor("DDE6F0").set();
        }
        row = 1;
        return worksheet;
    }
}
