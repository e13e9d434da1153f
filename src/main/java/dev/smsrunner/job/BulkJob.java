package dev.smsrunner.job;

import dev.smsrunner.jobfile.JobDefinition;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.preflight.Examiner;
import dev.smsrunner.reconcile.ReconcileContext;

/** One bulk job: its words in the job file and the inventory, its preflight, its stages in a run. */
public interface BulkJob extends JobDefinition {

    /** Reads the account and creates the examiner of rows; changes nothing in the cloud. */
    Examiner examiner(PreflightContext context);

    /** Creates the planner of rows for the command {@code plan}; changes nothing in the cloud. */
    default RowPlanner planner(PreflightContext context) {
        return new SingleCallPlanner(examiner(context));
    }

    /** Creates the stages after preflight for one run. */
    RunStages stages(JobFile job, ReconcileContext context, CloudApis cloud);
}
