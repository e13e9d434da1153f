package dev.smsrunner.batch;

import dev.smsrunner.job.RunStages;
import dev.smsrunner.ledger.LedgerRow;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Ensures the migration tasks of a chunk. */
class TaskWriter implements ItemWriter<LedgerRow> {

    private final RunStages stages;

    TaskWriter(RunStages stages) {
        this.stages = stages;
    }

    @Override
    public void write(Chunk<? extends LedgerRow> chunk) {
        stages.tasks().orElseThrow().prepare(chunk.getItems());
    }
}
