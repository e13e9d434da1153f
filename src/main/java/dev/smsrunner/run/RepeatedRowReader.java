package dev.smsrunner.run;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.ledger.StoredInventoryLine;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.infrastructure.item.ItemStreamReader;
import org.springframework.batch.infrastructure.item.support.IteratorItemReader;

/** Reader of rows that are repeated from the ledger of an earlier run. */
final class RepeatedRowReader implements ItemStreamReader<InventoryRow> {

    private final Supplier<List<StoredInventoryLine>> lines;
    private final Map<String, String> defaults;
    private IteratorItemReader<StoredInventoryLine> remaining = new IteratorItemReader<>(List.of());

    /** @param lines reads the lines; called by each open */
    RepeatedRowReader(Supplier<List<StoredInventoryLine>> lines, Map<String, String> defaults) {
        this.lines = lines;
        this.defaults = defaults;
    }

    @Override
    public void open(ExecutionContext context) {
        remaining = new IteratorItemReader<>(lines.get());
    }

    @Override
    public @Nullable InventoryRow read() {
        var line = remaining.read();
        return line == null ? null : line.toRow(defaults);
    }
}
