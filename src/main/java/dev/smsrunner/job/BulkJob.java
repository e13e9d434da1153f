package dev.smsrunner.job;

import dev.smsrunner.jobfile.JobDefinition;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.preflight.Examiner;
import dev.smsrunner.reconcile.ReconcileContext;
import org.jspecify.annotations.Nullable;

/** One bulk job: its words in the job file and the inventory, its preflight, its stages in a run. */
public interface BulkJob extends JobDefinition {

    /** Whether the job uses DCS, not SMS. */
    default boolean usesDcs() {
        return false;
    }

    /** Project of the DCS tasks of rows without one; null when each row has one, and for SMS. */
    default @Nullable String projectOf(JobFile job) {
        return null;
    }

    /** Reads the account and creates the examiner of rows; changes nothing in the cloud. */
    Examiner examiner(PreflightContext context);

    /** Creates the planner of rows for the command {@code plan}; changes nothing in the cloud. */
    default RowPlanner planner(PreflightContext context) {
        return new SingleCallPlanner(examiner(context));
    }

    /** Creates the stages after preflight for one run. */
    RunStages stages(JobFile job, ReconcileContext context, CloudApis cloud);
}
