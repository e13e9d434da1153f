package dev.smsrunner.batch;

import dev.smsrunner.job.RunStages;
import dev.smsrunner.reconcile.ReconcileContext;
import dev.smsrunner.reconcile.ReconcileLoop;
import org.jspecify.annotations.Nullable;

/**
 * The reconcile loop that the steps {@code tasks} and {@code reconcile} of one execution share. Each loop reads the rows from the
 * ledger when it is created, so a step that follows a failure needs a new one.
 */
class RunLoop {

    private final ReconcileContext context;
    private final RunStages stages;
    private @Nullable ReconcileLoop loop;

    RunLoop(ReconcileContext context, RunStages stages) {
        this.context = context;
        this.stages = stages;
    }

    /** Current loop; a new one when there is none. */
    ReconcileLoop current() {
        if (loop == null) {
            loop = new ReconcileLoop(context, stages.reconciler());
        }
        return loop;
    }

    /** Forgets the loop. */
    void reset() {
        loop = null;
    }
}
