package dev.smsrunner.report;

import dev.smsrunner.support.Csv;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Writer of {@code rerun.csv}: an inventory of the rows to repeat. Its cells equal the inventory, except that a cell that a
 * spreadsheet would run as a formula gets an apostrophe, as in {@code report.csv}. This affects only free text (waves,
 * applications, tickets, passed-through columns); validation rejects such names, ids, addresses and choices. Satisfied
 * dependencies are removed, since the file does not contain their servers.
 */
record RerunInventory(ReportData data) {

    void write(OutputStream out) throws IOException {
        var csv = new Csv(out);
        csv.line(data.columns().inventory());
        var report = data.report();
        var rerun = Rerun.of(
                report.rows(), data.ledger().serversReachedBefore(report.run().runId()));
        data.withCells((row, line) -> {
            if (row.needsRerun()) {
                csv.line(data.columns().cells(rerun.line(line)));
            }
        });
        csv.end();
    }
}
