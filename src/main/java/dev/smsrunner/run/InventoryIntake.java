package dev.smsrunner.run;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.StoredInventoryLine;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** Stage 1: reads the inventory and appends each row to the ledger once, also after a restart. */
final class InventoryIntake extends StoppableItemReader<InventoryRow> {

    private final RunContext runContext;
    private @Nullable ItemStreamReader<InventoryRow> rows;
    private int lastRow;

    InventoryIntake(RunContext runContext) {
        super(runContext.stopSignal(), runContext.listener());
        this.runContext = runContext;
    }

    @Override
    public void open(ExecutionContext context) {
        lastRow = runContext.ledger().lastRow(runContext.owner().runId());
        rows = runContext.inventory().get();
        rows.open(context);
    }

    @Override
    public void close() {
        if (rows != null) {
            rows.close();
        }
    }

    /** Skips rows up to the last committed one: rows are read and committed in order. */
    @Override
    @Nullable
    InventoryRow next() throws Exception {
        if (rows == null) {
            throw new IllegalStateException("The inventory reader is not open");
        }
        var row = rows.read();
        while (row != null && row.row() <= lastRow) {
            row = rows.read();
        }
        return row;
    }

    void write(Chunk<? extends InventoryRow> chunk) {
        var now = runContext.clock().instant();
        runContext
                .ledger()
                .append(
                        runContext.owner(),
                        chunk.getItems().stream()
                                .map(row -> LedgerRow.planned(
                                        runContext.owner().runId(),
                                        row.row(),
                                        row.line(),
                                        row.serverName(),
                                        row.waveName(),
                                        row.priority(),
                                        row.dependsOn(),
                                        now))
                                .toList(),
                        chunk.getItems().stream()
                                .map(row -> new StoredInventoryLine(row.row(), row.line(), row.cells()))
                                .toList());
    }
}
