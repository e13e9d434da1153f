package dev.smsrunner.report;

import dev.smsrunner.ledger.StoredInventoryLine;
import dev.smsrunner.support.Csv;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/** Writer of {@code report.csv}: the inventory and the result of each row, safe against formula injection. */
record CsvReport(ReportData data) {

    void write(OutputStream out) throws IOException {
        var csv = new Csv(out);
        csv.line(data.columnNames().stream().map(ControlCharEscaper::text).toList());
        data.withCells((row, line) -> csv.line(cells(row, line)));
        csv.end();
    }

    private List<String> cells(ReportRow row, StoredInventoryLine line) {
        var cells = new ArrayList<>(data.columns().cells(line));
        data.values(row).values().forEach(value -> cells.add(value == null ? "" : value.toString()));
        cells.replaceAll(ControlCharEscaper::text);
        return cells;
    }
}
