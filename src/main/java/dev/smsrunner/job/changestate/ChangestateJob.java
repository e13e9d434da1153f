package dev.smsrunner.job.changestate;

import dev.smsrunner.inventory.Column;
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

/** Job {@code changestate}: corrects the recorded copy state and migration cycle of each source (UpdateCopyState). */
public final class ChangestateJob extends SingleCallJob {

    @Override
    public String label() {
        return "changestate";
    }

    @Override
    public Map<String, Operation> calls() {
        return Map.of("UpdateCopyState", Operation.CHANGESTATE);
    }

    @Override
    public RowRules rowRules() {
        return () -> List.of(RowRules.SOURCE_OR_TASK, List.of(Column.COPYSTATE, Column.MIGRATIONCYCLE));
    }

    @Override
    public List<SettingDefinition<?>> settings() {
        return ChangestateSettings.all();
    }

    @Override
    public JobSettings bind(EffectiveSettings settings) {
        return ChangestateSettings.bind(settings);
    }

    @Override
    protected SourceMatcher.RowAssessor assessor(PreflightContext context) {
        return candidate ->
                ChangestatePreflight.assess(candidate, context.clock().instant());
    }

    @Override
    protected RowReconciler rows(JobFile job, ReconcileContext context, SmsApi sms) {
        return new ChangestateReconciler(
                sms,
                new DesiredRows(context.ledger(), context.owner().runId(), job.defaults()),
                job.service().copystateStyle(),
                DecisionPolicy.of(job),
                context.failurePolicy(job.watch().giveUpAfter()),
                context.clock());
    }
}
