package dev.smsrunner.job;

import dev.smsrunner.reconcile.JobReconciler;
import java.util.Optional;

/** Stages of a job after preflight, for one run. */
@FunctionalInterface
public interface RunStages {

    /** Task stage; empty in jobs that create no tasks. Always the same object. */
    default Optional<TaskStage> tasks() {
        return Optional.empty();
    }

    /** Creates the reconciler from the current ledger rows. */
    JobReconciler<?> reconciler();
}
