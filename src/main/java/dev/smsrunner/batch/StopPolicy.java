package dev.smsrunner.batch;

import dev.smsrunner.intent.StopSignal;
import org.springframework.batch.core.job.JobInterruptedException;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.core.step.StepInterruptionPolicy;

/** Stops a step between two chunks when the run must stop. */
record StopPolicy(StopSignal stopSignal) implements StepInterruptionPolicy {

    @Override
    public void checkInterrupted(StepExecution execution) throws JobInterruptedException {
        if (stopSignal.isRequested()) {
            execution.setTerminateOnly();
            throw new JobInterruptedException("The run was stopped");
        }
    }
}
