package dev.smsrunner.batch;

import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Stage;
import java.util.List;

/** Reads the planned rows. */
class PlannedRowReader extends LedgerPageReader<LedgerRow> {

    private final Ledger ledger;
    private final FencedRun owner;

    PlannedRowReader(Ledger ledger, FencedRun owner, int pageSize) {
        super(pageSize);
        this.ledger = ledger;
        this.owner = owner;
    }

    @Override
    List<LedgerRow> pageAfter(int row, int size) {
        return ledger.findAfter(owner.runId(), Stage.PLANNED, row, size);
    }

    @Override
    int rowNumber(LedgerRow item) {
        return item.row();
    }
}
