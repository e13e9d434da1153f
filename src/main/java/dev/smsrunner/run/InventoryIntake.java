package dev.smsrunner.run;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.StoredInventoryLine;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** Stage 1 as a step: reads the inventory and puts each row into the ledger once, however often it is started. */
final class InventoryIntake extends StoppableItemReader<InventoryRow> {

    private final RunContext work;
    private @Nullable ItemStreamReader<InventoryRow> rows;
    private int last;

    InventoryIntake(RunContext work) {
        super(work.halt(), work.listener());
        this.work = work;
    }

    @Override
    public void open(ExecutionContext context) {
        last = work.ledger().lastRow(work.owner().runId());
        rows = work.inventory().get();
        rows.open(context);
    }

    @Override
    public void close() {
        if (rows != null) {
            rows.close();
        }
    }

    /** Rows come in order and are committed in order: what is not beyond the last one is in the ledger already. */
    @Override
    @Nullable
    InventoryRow next() throws Exception {
        if (rows == null) {
            throw new IllegalStateException("The inventory is not open");
        }
        var row = rows.read();
        while (row != null && row.row() <= last) {
            row = rows.read();
        }
        return row;
    }

    void write(Chunk<? extends InventoryRow> chunk) {
        var now = work.clock().instant();
        work.ledger()
                .append(
                        work.owner(),
                        chunk.getItems().stream()
                                .map(row -> LedgerRow.planned(
                                        work.owner().runId(),
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
