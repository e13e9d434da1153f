package dev.smsrunner.batch;

import dev.smsrunner.job.RunStages;
import dev.smsrunner.ledger.LedgerRow;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Ensures the migration tasks of a chunk. Then servers whose turn has come are started before the next chunk. */
record TaskWriter(RunStages stages, RunLoop loop) implements ItemWriter<LedgerRow>, StepExecutionListener {

    /** An earlier execution of the step may have failed between a write and the loop's copy of it. */
    @Override
    public void beforeStep(StepExecution execution) {
        loop.reset();
    }

    @Override
    public void write(Chunk<? extends LedgerRow> chunk) {
        var current = loop.current();
        var planned = current.stillPlanned(chunk.getItems());
        current.runBetweenCreates(stages.tasks().orElseThrow().prepare(planned));
    }
}
