package dev.smsrunner.report;

import dev.smsrunner.ledger.InventoryLine;
import dev.smsrunner.ledger.Ledger;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** {@code report.csv}: the inventory echoed, and what became of each row; no cell is run as a formula. */
final class CsvReport {

    private final RunReport report;
    private final Ledger ledger;
    private final Columns columns;

    CsvReport(RunReport report, Ledger ledger, Columns columns) {
        this.report = report;
        this.ledger = ledger;
        this.columns = columns;
    }

    void write(OutputStream out) throws IOException {
        var csv = new Csv(out);
        var header = new ArrayList<>(columns.echoed());
        header.addAll(ReportRow.COLUMNS);
        csv.line(Formulas.escape(header));
        report.withCells(ledger, (row, line) -> csv.line(Formulas.escape(cells(row, line))));
        csv.end();
    }

    private List<String> cells(ReportRow row, InventoryLine line) {
        var cells = new ArrayList<>(columns.cells(line));
        row.values().values().forEach(value -> cells.add(value == null ? "" : value.toString()));
        return cells;
    }
}
