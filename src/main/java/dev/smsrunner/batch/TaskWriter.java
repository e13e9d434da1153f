package dev.smsrunner.batch;

import dev.smsrunner.job.RunStages;
import dev.smsrunner.ledger.LedgerRow;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Ensures the migration tasks of a chunk. */
record TaskWriter(RunStages stages) implements ItemWriter<LedgerRow> {

    @Override
    public void write(Chunk<? extends LedgerRow> chunk) {
        stages.tasks().orElseThrow().prepare(chunk.getItems());
    }
}
