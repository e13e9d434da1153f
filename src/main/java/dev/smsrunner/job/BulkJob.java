package dev.smsrunner.job;

import dev.smsrunner.jobfile.JobDefinition;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.preflight.Examiner;
import dev.smsrunner.reconcile.ReconcileContext;
import java.util.Map;
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

    /**
     * Calls of the job that change the cloud, by the operation as the audit of a service names it, each with the operation of
     * its intent. {@code verify} finds the intent of a call by it.
     */
    Map<String, Operation> calls();
}
