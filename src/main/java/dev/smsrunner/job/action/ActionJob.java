package dev.smsrunner.job.action;

import dev.smsrunner.inventory.Operations;
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
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Job {@code action}: one operation on each task (UpdateTaskStatus). */
public final class ActionJob extends SingleCallJob {

    /** Operation of earlier API pages, which a job file may allow by name. */
    private static final String CUTOVER = "cutover";

    @Override
    public String label() {
        return "action";
    }

    @Override
    public Map<String, Operation> calls() {
        return Stream.concat(Operations.KNOWN.stream(), Stream.of(CUTOVER))
                .collect(Collectors.toMap(operation -> operation, operation -> Operation.ACTION));
    }

    @Override
    public RowRules rowRules() {
        return new ActionRowRules();
    }

    @Override
    public List<SettingDefinition<?>> settings() {
        return ActionSettings.all();
    }

    @Override
    public JobSettings bind(EffectiveSettings settings) {
        return ActionSettings.bind(settings);
    }

    @Override
    protected SourceMatcher.RowAssessor assessor(PreflightContext context) {
        return candidate -> ActionPreflight.assess(candidate, context.clock().instant());
    }

    @Override
    protected RowReconciler rows(JobFile job, ReconcileContext context, SmsApi sms) {
        var ledger = context.ledger();
        var runId = context.owner().runId();
        return new ActionReconciler(
                sms,
                new DesiredRows(ledger, runId, job.defaults()),
                DecisionPolicy.of(job),
                context.failurePolicy(job.watch().giveUpAfter()),
                ledger.intents(runId).isEmpty() ? List.of() : ledger.events(runId),
                row -> ledger.findLayout(runId, row),
                context.clock());
    }
}
