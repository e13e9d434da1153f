package dev.smsrunner.batch;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/** Filters the rows that the ledger already has. Rows are read and committed in order, so these are the first ones. */
class NewRowProcessor implements ItemProcessor<InventoryRow, InventoryRow>, StepExecutionListener {

    private final Ledger ledger;
    private final FencedRun owner;
    private int lastRow;

    NewRowProcessor(Ledger ledger, FencedRun owner) {
        this.ledger = ledger;
        this.owner = owner;
    }

    @Override
    public void beforeStep(StepExecution execution) {
        lastRow = ledger.lastRow(owner.runId());
    }

    @Override
    public @Nullable InventoryRow process(InventoryRow row) {
        return row.row() <= lastRow ? null : row;
    }
}
