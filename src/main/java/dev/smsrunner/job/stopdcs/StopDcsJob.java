package dev.smsrunner.job.stopdcs;

import dev.smsrunner.inventory.RowRules;
import dev.smsrunner.job.BulkJob;
import dev.smsrunner.job.CloudApis;
import dev.smsrunner.job.PreflightContext;
import dev.smsrunner.job.RunStages;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.StopDcsSettings;
import dev.smsrunner.preflight.Examiner;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.DesiredRows;
import dev.smsrunner.reconcile.ReconcileContext;
import java.util.Objects;

/** Job {@code stop-dcs}: stops DCS data-migration tasks (BatchStopMigrationTasks). */
public final class StopDcsJob implements BulkJob {

    @Override
    public String label() {
        return "stop-dcs";
    }

    @Override
    public RowRules rowRules() {
        return RowRules.STOP_DCS;
    }

    @Override
    public Examiner examiner(PreflightContext context) {
        var dcs = context.cloud().dcs();
        return new StopDcsExaminer(
                dcs, new FullMigrationCheck(dcs, settings(context.job()).fullMigration()), context.clock());
    }

    @Override
    public RunStages stages(JobFile job, ReconcileContext context, CloudApis cloud) {
        var ledger = context.ledger();
        var runId = context.owner().runId();
        return () -> new StopDcsReconciler(
                cloud.dcs(),
                new DesiredRows(ledger, runId, job.defaults()),
                settings(job),
                job.retry().restarts(),
                DecisionPolicy.of(job),
                context.backoff(),
                ledger.intentsSinceRetry(runId),
                context.clock());
    }

    private static StopDcsSettings settings(JobFile job) {
        return Objects.requireNonNull(job.stopDcs());
    }
}
