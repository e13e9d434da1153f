package dev.smsrunner.report;

import dev.smsrunner.ledger.StoredInventoryLine;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** {@code report.csv}: the inventory echoed, and what became of each row; no cell is run as a formula. */
final class CsvReport {

    private final ReportData night;

    CsvReport(ReportData night) {
        this.night = night;
    }

    void write(OutputStream out) throws IOException {
        var csv = new Csv(out);
        csv.line(FormulaEscaper.escape(header()));
        night.withCells((row, line) -> csv.line(FormulaEscaper.escape(cells(row, line))));
        csv.end();
    }

    private List<String> header() {
        var header = new ArrayList<>(night.columns().echoed());
        header.addAll(ReportRow.COLUMNS);
        header.addAll(ReportData.ADDED);
        header.replaceAll(ControlCharEscaper::text);
        return header;
    }

    private List<String> cells(ReportRow row, StoredInventoryLine line) {
        var cells = new ArrayList<>(night.columns().cells(line));
        night.values(row).values().forEach(value -> cells.add(value == null ? "" : value.toString()));
        cells.replaceAll(ControlCharEscaper::text);
        return cells;
    }
}
