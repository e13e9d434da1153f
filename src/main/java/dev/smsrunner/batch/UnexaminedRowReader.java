package dev.smsrunner.batch;

import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Stage;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads the planned rows with their cells of the inventory. */
class UnexaminedRowReader extends LedgerPageReader<UnexaminedRow> {

    private static final int PAGE_SIZE = 500;

    private final Ledger ledger;
    private final FencedRun owner;
    private final Map<String, String> defaults;

    UnexaminedRowReader(Ledger ledger, FencedRun owner, JobFile job) {
        super(PAGE_SIZE);
        this.ledger = ledger;
        this.owner = owner;
        this.defaults = job.defaults();
    }

    @Override
    List<UnexaminedRow> pageAfter(int row, int size) {
        var rows = ledger.findAfter(owner.runId(), Stage.PLANNED, row, size);
        if (rows.isEmpty()) {
            return List.of();
        }
        var lines = ledger.inventory(
                owner.runId(), rows.get(0).row(), rows.get(rows.size() - 1).row());
        return rows.stream()
                .map(each -> new UnexaminedRow(
                        each, Objects.requireNonNull(lines.get(each.row())).toRow(defaults)))
                .toList();
    }

    @Override
    int rowNumber(UnexaminedRow item) {
        return item.ledgerRow().row();
    }
}
