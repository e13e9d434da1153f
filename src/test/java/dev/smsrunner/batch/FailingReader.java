package dev.smsrunner.batch;

import dev.smsrunner.inventory.InventoryRow;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** Inventory reader that fails after a row. */
final class FailingReader implements ItemStreamReader<InventoryRow> {

    private final ItemStreamReader<InventoryRow> inventory;
    private final int lastRow;

    FailingReader(ItemStreamReader<InventoryRow> inventory, int lastRow) {
        this.inventory = inventory;
        this.lastRow = lastRow;
    }

    @Override
    public void open(ExecutionContext context) {
        inventory.open(context);
    }

    @Override
    public @Nullable InventoryRow read() throws Exception {
        var row = inventory.read();
        if (row != null && row.row() > lastRow) {
            throw new IllegalStateException("disk failure");
        }
        return row;
    }

    @Override
    public void close() {
        inventory.close();
    }
}
