package dev.smsrunner.run;

import java.time.Clock;
import java.time.LocalDateTime;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.JobInstance;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;

/**
 * Makes a job that died startable again. Only called under the run's lease, which says that the process is gone; the
 * framework's own recovery has no such test and gives up on what is left UNKNOWN.
 */
final class JobExecutionRecovery {

    private final JobRepository repository;
    private final Clock clock;

    JobExecutionRecovery(JobRepository repository, Clock clock) {
        this.repository = repository;
        this.clock = clock;
    }

    void heal(String job, JobParameters parameters) {
        var instance = repository.getJobInstance(job, parameters);
        if (instance != null) {
            heal(instance);
        }
    }

    private void heal(JobInstance instance) {
        var executions = repository.getJobExecutions(instance);
        if (executions.isEmpty()) {
            repository.deleteJobInstance(instance); // killed between the two inserts: it could never be started
        }
        executions.forEach(this::heal);
    }

    /** Steps before the job, since a half-done healing must be found by the next one. */
    private void heal(JobExecution execution) {
        for (var step : execution.getStepExecutions()) {
            if (dead(step.getStatus())) {
                end(step);
            }
        }
        if (dead(execution.getStatus())) {
            execution.setStatus(BatchStatus.FAILED);
            execution.setEndTime(LocalDateTime.now(clock));
            repository.update(execution);
        }
    }

    private void end(StepExecution step) {
        step.setStatus(BatchStatus.FAILED);
        step.setEndTime(LocalDateTime.now(clock));
        repository.update(step);
    }

    private static boolean dead(BatchStatus status) {
        return status.isRunning() || status == BatchStatus.UNKNOWN;
    }
}
