package dev.smsrunner.job.stopdcs;

import dev.smsrunner.inventory.Column;
import dev.smsrunner.inventory.RowRules;
import dev.smsrunner.job.BulkJob;
import dev.smsrunner.job.CloudApis;
import dev.smsrunner.job.PreflightContext;
import dev.smsrunner.job.RunStages;
import dev.smsrunner.jobfile.EffectiveSettings;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.JobSettings;
import dev.smsrunner.jobfile.SettingDefinition;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.preflight.Examiner;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.DesiredRows;
import dev.smsrunner.reconcile.ReconcileContext;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Job {@code stop-dcs}: stops DCS data-migration tasks (BatchStopMigrationTasks). */
public final class StopDcsJob implements BulkJob {

    @Override
    public String label() {
        return "stop-dcs";
    }

    @Override
    public Map<String, Operation> calls() {
        return Map.of("stop-dcs", Operation.STOP);
    }

    @Override
    public RowRules rowRules() {
        return () -> List.of(
                List.of(Column.TASK_ID, Column.TASK_NAME), List.of(Column.TARGET_PROJECT_ID, Column.PROJECT_ID));
    }

    @Override
    public List<SettingDefinition<?>> settings() {
        return StopDcsSettings.all();
    }

    @Override
    public JobSettings bind(EffectiveSettings settings) {
        return StopDcsSettings.bind(settings);
    }

    @Override
    public Examiner examiner(PreflightContext context) {
        var dcs = context.cloud().dcs();
        return new StopDcsExaminer(
                dcs, new FullMigrationCheck(dcs, StopDcsSettings.fullMigration(context.job())), context.clock());
    }

    @Override
    public RunStages stages(JobFile job, ReconcileContext context, CloudApis cloud) {
        var ledger = context.ledger();
        var runId = context.owner().runId();
        return () -> new StopDcsReconciler(
                cloud.dcs(),
                new DesiredRows(ledger, runId, job.defaults()),
                StopDcsSettings.chunk(job),
                new FullMigrationCheck(cloud.dcs(), StopDcsSettings.fullMigration(job)),
                job.retry().restarts(),
                DecisionPolicy.of(job),
                context.backoff(),
                ledger.intentsSinceRetry(runId),
                context.clock());
    }

    @Override
    public boolean usesDcs() {
        return true;
    }

    @Override
    public @Nullable String projectOf(JobFile job) {
        return StopDcsSettings.projectId(job);
    }
}
