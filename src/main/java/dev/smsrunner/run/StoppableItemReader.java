package dev.smsrunner.run;

import dev.smsrunner.intent.StopSignal;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** Reads the rows of one stage; when the run is halted it ends the step as stopped, between two rows. */
abstract class StoppableItemReader<T> implements ItemStreamReader<T>, StepExecutionListener {

    private final StopSignal halt;
    private final RunListener listener;
    private @Nullable StepExecution step;

    StoppableItemReader(StopSignal halt, RunListener listener) {
        this.halt = halt;
        this.listener = listener;
    }

    @Override
    public void beforeStep(StepExecution execution) {
        step = execution;
        listener.stage(execution.getStepName());
    }

    @Override
    public final @Nullable T read() throws Exception {
        if (halt.wanted()) {
            if (step != null) {
                step.setTerminateOnly();
            }
            return null;
        }
        return next();
    }

    /** The next row, null when there is none left. */
    abstract @Nullable T next() throws Exception;
}
