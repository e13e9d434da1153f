package dev.smsrunner.job;

import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.preflight.Examiner;
import dev.smsrunner.preflight.SourceMatcher;
import dev.smsrunner.reconcile.ReconcileContext;
import dev.smsrunner.reconcile.RowReconciler;
import dev.smsrunner.reconcile.SingleCallReconciler;
import dev.smsrunner.sms.SmsApi;

/** Job that sends one call of SMS per row, and finds the source and the task of each row by its columns. */
public abstract class SingleCallJob implements BulkJob {

    /** Checks of the rows that were matched with a source. */
    protected abstract SourceMatcher.RowAssessor assessor(PreflightContext context);

    /** Creates the decisions and calls of the rows from the current ledger. */
    protected abstract RowReconciler rows(JobFile job, ReconcileContext context, SmsApi sms);

    @Override
    public final Examiner examiner(PreflightContext context) {
        return SourceMatcher.load(context.cloud().sms(), assessor(context));
    }

    @Override
    public final RunStages stages(JobFile job, ReconcileContext context, CloudApis cloud) {
        var sms = cloud.sms();
        return () -> new SingleCallReconciler(
                sms, rows(job, context, sms), job.limits().concurrent());
    }
}
