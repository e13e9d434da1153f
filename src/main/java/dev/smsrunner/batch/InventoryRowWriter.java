package dev.smsrunner.batch;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.RequestedCutover;
import dev.smsrunner.ledger.StoredInventoryLine;
import java.time.Clock;
import java.time.Instant;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Appends the rows of the inventory to the ledger, with their cells. */
record InventoryRowWriter(Ledger ledger, FencedRun owner, Clock clock) implements ItemWriter<InventoryRow> {

    @Override
    public void write(Chunk<? extends InventoryRow> chunk) {
        if (chunk.isEmpty()) {
            return;
        }
        var now = clock.instant();
        ledger.append(
                owner,
                chunk.getItems().stream().map(row -> planned(row, now)).toList(),
                chunk.getItems().stream()
                        .map(row -> new StoredInventoryLine(row.row(), row.line(), row.cells()))
                        .toList());
    }

    private LedgerRow planned(InventoryRow row, Instant now) {
        return LedgerRow.planned(
                        owner.runId(),
                        row.row(),
                        row.line(),
                        row.serverName(),
                        row.waveName(),
                        row.priority(),
                        row.dependsOn(),
                        now)
                .withCutover(new RequestedCutover(row.cutoverWindow(), row.cutoverAt()));
    }
}
