package dev.smsrunner.report;

import dev.smsrunner.ledger.InventoryLine;
import dev.smsrunner.ledger.Ledger;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * {@code rerun.csv}: an inventory of the rows to repeat, ready to be used as one. The cells of the columns that the product
 * knows are exactly those of the inventory, whose validation let no formula pass; those of other columns, which nobody
 * checked, are made harmless as in {@code report.csv}.
 */
final class RerunInventory {

    private static final Set<String> KNOWN = Set.of(
            "wave_name",
            "app_name",
            "server_name",
            "source_server_id",
            "source_ip",
            "server_os_family",
            "migration_type",
            "target_region",
            "target_region_name",
            "target_project_id",
            "target_project_name",
            "vm_template_id",
            "target_server_id",
            "target_server_name",
            "migration_ip",
            "use_public_ip",
            "syncing",
            "start_target_server",
            "verify_consistency",
            "speed_limit_mbit",
            "priority",
            "depends_on",
            "owner_email",
            "change_ticket",
            "tags");

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
        csv.line(columns.inventory().stream().map(Formulas::escape).toList());
        report.withCells(ledger, (row, line) -> {
            if (row.toRepeat()) {
                csv.line(cells(line));
            }
        });
        csv.end();
    }

    private List<String> cells(InventoryLine line) {
        var cells = new ArrayList<String>();
        for (var column : columns.inventory()) {
            var cell = line.cells().getOrDefault(column, "");
            cells.add(KNOWN.contains(column) ? cell : Formulas.escape(cell));
        }
        return cells;
    }
}
