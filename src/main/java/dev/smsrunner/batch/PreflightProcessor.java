package dev.smsrunner.batch;

import dev.smsrunner.preflight.ExaminedRow;
import dev.smsrunner.preflight.PreflightStage;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ItemProcessor;

/**
 * Examines the planned rows. Filters rows that preflight rejects or skips; {@link PreflightWriter} writes their end with the
 * accepted rows of the chunk. Filters rows with a call, too: the reconcile loop resolves them.
 */
record PreflightProcessor(PreflightStage stage)
        implements ItemProcessor<UnexaminedRow, ExaminedRow>, StepExecutionListener {

    @Override
    public void beforeStep(StepExecution execution) {
        stage.discard(); // results that a failed execution has not written
    }

    @Override
    public @Nullable ExaminedRow process(UnexaminedRow row) {
        var ledgerRow = row.ledgerRow();
        boolean hasCall = ledgerRow.sourceId() != null && ledgerRow.call() != null;
        return hasCall ? null : stage.examine(ledgerRow, row.inventoryRow()).orElse(null);
    }
}
