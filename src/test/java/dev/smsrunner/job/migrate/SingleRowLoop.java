package dev.smsrunner.job.migrate;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.IntentExecutor;
import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.job.migrate.preflight.AutoLaunchCheck;
import dev.smsrunner.job.migrate.preflight.SourceFacts;
import dev.smsrunner.job.migrate.task.TaskProvisioner;
import dev.smsrunner.job.migrate.task.TaskSpecFactory;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.ReconcileContext;
import dev.smsrunner.reconcile.ReconcileLoop;
import dev.smsrunner.sms.TargetLayout;
import dev.smsrunner.support.FakeSms;
import dev.smsrunner.support.Sleeper;
import dev.smsrunner.support.TestLedger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Processes that reconcile one row of a real ledger over an in-memory service; the clock moves as they wait. */
public record SingleRowLoop(
        TestLedger testLedger,
        FakeSms sms,
        DecisionPolicy policy,
        AutoLaunchCheck rule,
        List<LedgerRow> observedRows,
        Map<String, String> settings) {

    /** Loop with recorded settings for the order and the windows of launches. */
    public SingleRowLoop(TestLedger testLedger, FakeSms sms, DecisionPolicy policy, Map<String, String> settings) {
        this(
                testLedger,
                sms,
                policy,
                AutoLaunchCheck.of(new CutoverSettings(CutoverSettings.LaunchMode.SYNCED, null)),
                new ArrayList<>(),
                settings);
    }

    public SingleRowLoop(TestLedger testLedger, FakeSms sms, DecisionPolicy policy) {
        this(testLedger, sms, policy, AutoLaunchCheck.of(new CutoverSettings(CutoverSettings.LaunchMode.SYNCED, null)));
    }

    /** Loop with a rule for tasks from before the run. */
    public SingleRowLoop(TestLedger testLedger, FakeSms sms, DecisionPolicy policy, AutoLaunchCheck rule) {
        this(testLedger, sms, policy, rule, new ArrayList<>(), Map.of());
    }

    /** The row in REPLICATING. */
    public LedgerRow replicating(Map<String, String> cells) {
        var planned = testLedger.plan(List.of(cells)).get(0);
        var now = testLedger.clock().instant();
        var row = planned.withSource("source-1", null)
                .withTask("task-1", now)
                .withStage(Stage.STARTED, now)
                .withAttempt()
                .withStage(Stage.REPLICATING, now);
        var event = EventDraft.ofRow(planned, EventKind.STAGE, "PLANNED", "REPLICATING", null);
        var disks = new TargetLayout(List.of(FakeSms.disk("Disk 0", 10_737_418_240L)), List.of(), List.of());
        var layouts = Map.of(1, new SourceFacts("LINUX", disks).toJson());
        testLedger.ledger().write(testLedger.owner(), List.of(LedgerWrite.of(row, List.of(event))), layouts);
        return row;
    }

    /** Runs a process until the stop, or until nothing is left to do. */
    public void run(StopSignal stopSignal, Sleeper sleeper) {
        var clock = testLedger.clock();
        var ledger = new Ledger(
                testLedger.database().source(),
                clock,
                new DatabaseRetry(Duration.ZERO, System::nanoTime, time -> {}),
                write -> {},
                observedRows::addAll);
        var backoff = CallFailurePolicy.backoff(Duration.ofSeconds(30), new Random(1));
        var executor = new IntentExecutor(ledger, testLedger.owner(), Runnable::run, () -> null, () -> 10, clock);
        var specs = new TaskSpecFactory(ledger, Map.of(), true, rule);
        var tasks = new TaskProvisioner(
                sms, executor, ledger, testLedger.owner(), specs, new CallFailurePolicy(backoff), clock);
        var context = new ReconcileContext(
                ledger,
                testLedger.owner(),
                executor,
                Duration.ofSeconds(30),
                Duration.ofDays(3),
                backoff,
                () -> 10,
                stopSignal,
                clock,
                sleeper);
        try {
            var plan = CutoverPlan.fromSettings(settings);
            var reconciler = new MigrateReconciler(context, sms, tasks, policy, Map.of(), plan);
            new ReconcileLoop(context, reconciler).run();
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
