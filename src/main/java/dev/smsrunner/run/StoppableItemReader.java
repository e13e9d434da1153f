package dev.smsrunner.run;

import dev.smsrunner.intent.StopSignal;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ItemStreamReader;

/** Item reader of one stage; marks the step as stopped between two rows when the run must stop. */
abstract class StoppableItemReader<T> implements ItemStreamReader<T>, StepExecutionListener {

    private final StopSignal stopSignal;
    private final RunListener listener;
    private @Nullable StepExecution step;

    StoppableItemReader(StopSignal stopSignal, RunListener listener) {
        this.stopSignal = stopSignal;
        this.listener = listener;
    }

    @Override
    public void beforeStep(StepExecution execution) {
        step = execution;
        listener.stageStarted(execution.getStepName());
    }

    @Override
    public final @Nullable T read() throws Exception {
        if (stopSignal.isRequested()) {
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
