package dev.smsrunner.report;

import dev.smsrunner.ledger.Ledger;
import java.io.IOException;
import java.io.OutputStream;

/**
 * {@code rerun.csv}: an inventory of the rows to repeat, ready to be used as one. Its cells are those of the inventory, but
 * for one that a spreadsheet would run as a formula: that gets an apostrophe as in {@code report.csv}. Names, ids, addresses
 * and choices cannot be such cells, since validation refuses them; free words (names of waves and applications, tickets,
 * columns that are only carried) can.
 */
final class RerunInventory {

    private final RunReport report;
    private final Ledger ledger;
    private final Columns columns;

    RerunInventory(RunReport report, Ledger ledger, Columns columns) {
        this.report = report;
        this.ledger = ledger;
        this.columns = columns;
    }

    void write(OutputStream out) throws IOException {
        var csv = new Csv(out);
        csv.line(Formulas.escape(columns.inventory()));
        report.withCells(ledger, (row, line) -> {
            if (row.toRepeat()) {
                csv.line(Formulas.escape(columns.cells(line)));
            }
        });
        csv.end();
    }
}
