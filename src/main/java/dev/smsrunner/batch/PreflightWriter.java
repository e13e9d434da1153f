package dev.smsrunner.batch;

import dev.smsrunner.preflight.ExaminedRow;
import dev.smsrunner.preflight.PreflightStage;
import org.springframework.batch.infrastructure.item.Chunk;
import org.springframework.batch.infrastructure.item.ItemWriter;

/** Writes the preflight results of a chunk into the ledger; called also when the processor filtered every row. */
record PreflightWriter(PreflightStage stage) implements ItemWriter<ExaminedRow> {

    @Override
    public void write(Chunk<? extends ExaminedRow> chunk) {
        stage.write(chunk.getItems());
    }
}
