package dev.smsrunner.run;

import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.AbstractStep;
import org.springframework.batch.core.step.StepExecution;

/**
 * Step of stage 4, the reconcile loop. It holds no transaction while it waits. Only its own thread writes its execution,
 * since an external stop would race with that.
 */
final class ReconcileStep extends AbstractStep {

    private final RunContext runContext;

    ReconcileStep(JobRepository repository, RunContext runContext) {
        super(repository);
        setName("drive");
        this.runContext = runContext;
    }

    @Override
    protected void doExecute(StepExecution execution) throws Exception {
        runContext.listener().stageStarted(getName());
        runContext.drive().get().run();
        if (runContext.stopSignal().isRequested()) {
            execution.setTerminateOnly();
        }
    }

    /** Does nothing: the stop signal of the run ends the step. The framework's stop would write the same row from two threads. */
    @Override
    public void stop(StepExecution execution) {}
}
