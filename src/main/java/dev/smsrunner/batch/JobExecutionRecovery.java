package dev.smsrunner.batch;

import java.time.Clock;
import java.time.LocalDateTime;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Recovery of executions that a dead process left running, so that the job can be restarted. The caller holds the lease of
 * the run, which proves that the process is gone. The framework's own recovery has no such proof and rejects UNKNOWN.
 */
record JobExecutionRecovery(JobRepository repository, Clock clock) {

    void recover(String job, JobParameters parameters) {
        var instance = repository.getJobInstance(job, parameters);
        if (instance != null) {
            recover(instance);
        }
    }

    private void recover(JobInstance instance) {
        var executions = repository.getJobExecutions(instance);
        if (executions.isEmpty()) {
            repository.deleteJobInstance(instance); // killed between the two inserts: Batch could never start it
        }
        executions.forEach(this::recover);
    }

    /** Marks the steps before the job, so that the next recovery finds an incomplete one. */
    private void recover(JobExecution execution) {
        for (var step : execution.getStepExecutions()) {
            if (isUnfinished(step.getStatus())) {
                markFailed(step);
            }
        }
        if (isUnfinished(execution.getStatus())) {
            execution.setStatus(BatchStatus.FAILED);
            execution.setEndTime(LocalDateTime.now(clock));
            repository.update(execution);
        }
    }

    private void markFailed(StepExecution step) {
        step.setStatus(BatchStatus.FAILED);
        step.setEndTime(LocalDateTime.now(clock));
        repository.update(step);
    }

    private static boolean isUnfinished(BatchStatus status) {
        return status.isRunning() || status == BatchStatus.UNKNOWN;
    }
}
