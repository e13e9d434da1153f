package dev.smsrunner.batch;

import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.AbstractStep;
import org.springframework.batch.core.step.StepExecution;

/**
 * Step of the reconcile loop. It holds no transaction while it waits. Only its own thread writes its execution, since an
 * external stop would race with that. It counts the open rows as read, and the rows that ended as written.
 */
class ReconcileStep extends AbstractStep {

    private final RunLoop loop;
    private final FencedRun owner;
    private final Ledger ledger;
    private final StopSignal stopSignal;

    ReconcileStep(JobRepository repository, RunLoop loop, FencedRun owner, Ledger ledger, StopSignal stopSignal) {
        super(repository);
        setName("reconcile");
        this.loop = loop;
        this.owner = owner;
        this.ledger = ledger;
        this.stopSignal = stopSignal;
    }

    @Override
    protected void doExecute(StepExecution execution) throws Exception {
        int open = openRows();
        execution.setReadCount(open);
        try {
            loop.current().run();
        } finally {
            loop.reset();
        }
        execution.setWriteCount(Math.max(0, open - openRows())); // an operator may have reopened rows
        if (stopSignal.isRequested()) {
            execution.setTerminateOnly();
        }
    }

    private int openRows() {
        return ledger.findOpen(owner.runId()).size();
    }

    /** Does nothing: the stop signal of the run ends the step. The framework's stop would write the same row from two threads. */
    @Override
    public void stop(StepExecution execution) {}
}
