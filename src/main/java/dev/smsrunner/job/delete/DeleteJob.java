package dev.smsrunner.job.delete;

import dev.smsrunner.inventory.RowRules;
import dev.smsrunner.job.BulkJob;
import dev.smsrunner.job.CloudApis;
import dev.smsrunner.job.PreflightContext;
import dev.smsrunner.job.RunStages;
import dev.smsrunner.jobfile.EffectiveSettings;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.JobSettings;
import dev.smsrunner.jobfile.SettingDefinition;
import dev.smsrunner.jobfile.SettingTypes;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.preflight.Examiner;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.ReconcileContext;
import java.util.List;
import java.util.Map;

/** Job {@code delete}: deletes tasks (DeleteTasks) and, where the job file says so, their sources (DeleteServers). */
public final class DeleteJob implements BulkJob {

    private static final SettingDefinition<Boolean> SOURCES = SettingDefinition.of(
                    "delete.sources", SettingTypes.flag(), "Delete the source of each row too, after its task is gone.")
            .withDefault("false");

    @Override
    public String label() {
        return "delete";
    }

    @Override
    public Map<String, Operation> calls() {
        return Map.of("DeleteTask", Operation.DELETE_TASK, "DeleteServer", Operation.DELETE_SOURCE);
    }

    @Override
    public RowRules rowRules() {
        return () -> List.of(RowRules.SOURCE_OR_TASK);
    }

    @Override
    public List<SettingDefinition<?>> settings() {
        return List.of(SOURCES);
    }

    @Override
    public JobSettings bind(EffectiveSettings settings) {
        settings.value(SOURCES);
        return JobSettings.withDefaults(settings);
    }

    @Override
    public Examiner examiner(PreflightContext context) {
        return new DeletePreflight(
                context.cloud().sms(),
                context.history().get(),
                context.job().values().get(SOURCES));
    }

    @Override
    public RunStages stages(JobFile job, ReconcileContext context, CloudApis cloud) {
        var decision = new DeleteDecision(DecisionPolicy.of(job), job.values().get(SOURCES));
        return () -> new DeleteReconciler(
                cloud.sms(), decision, context.failurePolicy(job.watch().giveUpAfter()), context.clock());
    }
}
