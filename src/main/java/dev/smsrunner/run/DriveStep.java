package dev.smsrunner.run;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.AbstractStep;
import org.springframework.batch.core.step.StepExecution;

/**
 * Stage 4 as a step of its own kind: no transaction while it waits, and only its own thread writes its execution, which a
 * stop from outside would race with.
 */
final class DriveStep extends AbstractStep {

    private final RunContext work;

    DriveStep(JobRepository repository, RunContext work) {
        super(repository);
        setName("drive");
        this.work = work;
    }

    @Override
    protected void doExecute(StepExecution execution) throws Exception {
        work.listener().stage(getName());
        work.drive().get().run();
        if (work.halt().wanted()) {
            execution.setTerminateOnly();
        }
    }

    /** The run's own halt ends the step; the framework's way writes the same row from two threads. */
    @Override
    public void stop(StepExecution execution) {}
}
