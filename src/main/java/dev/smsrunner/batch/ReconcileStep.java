package dev.smsrunner.batch;

import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.job.RunStages;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.reconcile.ReconcileContext;
import dev.smsrunner.reconcile.ReconcileLoop;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.AbstractStep;
import org.springframework.batch.core.step.StepExecution;

/**
 * Step of the reconcile loop. It holds no transaction while it waits. Only its own thread writes its execution, since an
 * external stop would race with that. It counts the open rows as read, and the rows that ended as written.
 */
class ReconcileStep extends AbstractStep {

    private final RunStages stages;
    private final ReconcileContext context;
    private final Ledger ledger;
    private final StopSignal stopSignal;

    ReconcileStep(
            JobRepository repository,
            RunStages stages,
            ReconcileContext context,
            Ledger ledger,
            StopSignal stopSignal) {
        super(repository);
        setName("reconcile");
        this.stages = stages;
        this.context = context;
        this.ledger = ledger;
        this.stopSignal = stopSignal;
    }

    @Override
    protected void doExecute(StepExecution execution) throws Exception {
        int open = openRows();
        execution.setReadCount(open);
        new ReconcileLoop(context, stages.reconciler()).run();
        execution.setWriteCount(Math.max(0, open - openRows())); // an operator may have reopened rows
        if (stopSignal.isRequested()) {
            execution.setTerminateOnly();
        }
    }

    private int openRows() {
        return ledger.findOpen(context.owner().runId()).size();
    }

    /** Does nothing: the stop signal of the run ends the step. The framework's stop would write the same row from two threads. */
    @Override
    public void stop(StepExecution execution) {}
}
