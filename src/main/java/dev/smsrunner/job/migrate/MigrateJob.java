package dev.smsrunner.job.migrate;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.inventory.RowRules;
import dev.smsrunner.job.BulkJob;
import dev.smsrunner.job.CloudApis;
import dev.smsrunner.job.PreflightContext;
import dev.smsrunner.job.RowPlanner;
import dev.smsrunner.job.RunStages;
import dev.smsrunner.job.TaskStage;
import dev.smsrunner.job.migrate.preflight.AutoLaunchCheck;
import dev.smsrunner.job.migrate.preflight.MigrateExaminer;
import dev.smsrunner.job.migrate.task.TaskProvisioner;
import dev.smsrunner.job.migrate.task.TaskSpecFactory;
import dev.smsrunner.jobfile.EffectiveSettings;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.JobSettings;
import dev.smsrunner.jobfile.MigrateSettings;
import dev.smsrunner.jobfile.SettingDefinition;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.preflight.Examiner;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.JobReconciler;
import dev.smsrunner.reconcile.ReconcileContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Job {@code migrate}: creates or updates one migration task per server, starts it and launches the target. */
public final class MigrateJob implements BulkJob {

    @Override
    public String label() {
        return MigrateSettings.JOB;
    }

    @Override
    public Map<String, Operation> calls() {
        return Map.of(
                "CreateTask", Operation.CREATE,
                "UpdateTask", Operation.UPDATE,
                "UpdateSpeed", Operation.SPEED_RULES,
                "start", Operation.START,
                "test", Operation.LAUNCH,
                "stop", Operation.PAUSE);
    }

    @Override
    public RowRules rowRules() {
        return new MigrateRowRules();
    }

    @Override
    public List<SettingDefinition<?>> settings() {
        return MigrateSettings.all();
    }

    @Override
    public JobSettings bind(EffectiveSettings settings) {
        return new MigrateSettingsReader(settings).read();
    }

    @Override
    public Examiner examiner(PreflightContext context) {
        return MigrateExaminer.load(
                context.cloud().sms(),
                AutoLaunchCheck.of(context.job()),
                new InventorySourceIds(context.inventory()),
                context.inventory());
    }

    @Override
    public RowPlanner planner(PreflightContext context) {
        return new MigratePlanner(
                context.job(),
                context.cloud().sms(),
                examiner(context),
                context.clock().instant());
    }

    @Override
    public RunStages stages(JobFile job, ReconcileContext context, CloudApis cloud) {
        var specs = new TaskSpecFactory(
                context.ledger(), job.defaults(), job.cutover().isLaunchedByCall(), AutoLaunchCheck.of(job));
        var tasks = new TaskProvisioner(
                cloud.sms(),
                context.executor(),
                context.ledger(),
                context.owner(),
                specs,
                context.failurePolicy(job.watch().giveUpAfter()),
                context.clock());
        return new Stages(job, context, cloud, tasks);
    }

    private record Stages(JobFile job, ReconcileContext context, CloudApis cloud, TaskProvisioner provisioner)
            implements RunStages {

        @Override
        public Optional<TaskStage> tasks() {
            return Optional.of(provisioner);
        }

        @Override
        public JobReconciler<?> reconciler() {
            return new MigrateReconciler(
                    context,
                    cloud.sms(),
                    provisioner,
                    DecisionPolicy.of(job),
                    job.defaults(),
                    CutoverPlan.fromSettings(job.settings()));
        }
    }
}
