package dev.smsrunner.report;

import java.io.IOException;
import java.io.OutputStream;

/**
 * {@code rerun.csv}: an inventory of the rows to repeat, ready to be used as one. Its cells are those of the inventory, but
 * for one that a spreadsheet would run as a formula: that gets an apostrophe as in {@code report.csv}. Names, ids, addresses
 * and choices cannot be such cells, since validation refuses them; free words (names of waves and applications, tickets,
 * columns that are only carried) can. A server that a row depends on and that has reached its goal is not in the file, so the
 * row does not name it any more.
 */
final class RerunInventory {

    private final ReportData night;

    RerunInventory(ReportData night) {
        this.night = night;
    }

    void write(OutputStream out) throws IOException {
        var csv = new Csv(out);
        csv.line(FormulaEscaper.escape(night.columns().inventory()));
        var report = night.report();
        var rerun = Rerun.of(
                report.rows(), night.ledger().reachedBefore(report.run().runId()));
        night.withCells((row, line) -> {
            if (row.toRepeat()) {
                csv.line(FormulaEscaper.escape(night.columns().cells(rerun.line(line))));
            }
        });
        csv.end();
    }
}
