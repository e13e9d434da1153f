package dev.smsrunner.batch;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.ExitStatus;
import org.springframework.batch.core.listener.StepExecutionListener;
import org.springframework.batch.core.step.StepExecution;

/** Announces each step, and logs its counts at its end. */
record StepLog(StageListener listener) implements StepExecutionListener {

    private static final Logger log = LoggerFactory.getLogger(StepLog.class);

    @Override
    public void beforeStep(StepExecution execution) {
        listener.stageStarted(execution.getStepName());
    }

    @Override
    public @Nullable ExitStatus afterStep(StepExecution execution) {
        log.info(
                "Step {} {}: {} rows read, {} filtered, {} written, {} skipped",
                execution.getStepName(),
                execution.getStatus(),
                execution.getReadCount(),
                execution.getFilterCount(),
                execution.getWriteCount(),
                execution.getSkipCount());
        return null;
    }
}
