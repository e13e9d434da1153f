package dev.smsrunner.job.update;

import dev.smsrunner.inventory.RowRules;
import dev.smsrunner.job.PreflightContext;
import dev.smsrunner.job.SingleCallJob;
import dev.smsrunner.jobfile.EffectiveSettings;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.JobSettings;
import dev.smsrunner.jobfile.SettingDefinition;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.preflight.SourceMatcher;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.DesiredRows;
import dev.smsrunner.reconcile.ReconcileContext;
import dev.smsrunner.reconcile.RowReconciler;
import dev.smsrunner.sms.SmsApi;
import java.util.List;
import java.util.Map;

/** Job {@code update}: changes each task (UpdateTask). */
public final class UpdateJob extends SingleCallJob {

    @Override
    public String label() {
        return "update";
    }

    @Override
    public Map<String, Operation> calls() {
        return Map.of("UpdateTask", Operation.EDIT, "UpdateSpeed", Operation.LIMIT_SPEED);
    }

    @Override
    public RowRules rowRules() {
        return new UpdateRowRules();
    }

    @Override
    public List<SettingDefinition<?>> settings() {
        return UpdateSettings.all();
    }

    @Override
    public JobSettings bind(EffectiveSettings settings) {
        return UpdateSettings.bind(settings);
    }

    /** Each row is examined with the differences between its task and the desired one. */
    @Override
    protected SourceMatcher.RowAssessor assessor(PreflightContext context) {
        return candidate -> UpdatePlan.judge(context.cloud().sms(), context.directory(), candidate);
    }

    @Override
    protected RowReconciler rows(JobFile job, ReconcileContext context, SmsApi sms) {
        var ledger = context.ledger();
        var runId = context.owner().runId();
        return new UpdateReconciler(
                sms,
                new DesiredRows(ledger, runId, job.defaults()),
                row -> ledger.findLayout(runId, row),
                PreflightContext.directoryOf(job),
                ledger.intentsSinceRetry(runId),
                DecisionPolicy.of(job),
                context.failurePolicy(job.watch().giveUpAfter()),
                context.clock());
    }
}
