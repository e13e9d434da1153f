package dev.smsrunner.run;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.intent.Backoff;
import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.IntentExecutor;
import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.job.migrate.MigrateReconciler;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.JobKind;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.preflight.AutoLaunchCheck;
import dev.smsrunner.preflight.Preflight;
import dev.smsrunner.preflight.PreflightStage;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.ReconcileContext;
import dev.smsrunner.reconcile.ReconcileLoop;
import dev.smsrunner.task.TaskProvisioner;
import dev.smsrunner.task.TaskSpecFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Creates the components of the steps of one run. */
record RunContextFactory(
        RunRequest request,
        FencedRun owner,
        Ledger ledger,
        IntentExecutor executor,
        Backoff backoff,
        CloudAccess.Session session,
        StopSignal stopSignal,
        RunListener listener,
        Clock clock) {

    /** Maximum wait for an unreachable service in jobs that never give up rows. */
    private static final Duration DEFAULT_OUTAGE_LIMIT = Duration.ofDays(3);

    RunContext create() {
        return job().job() == JobKind.MIGRATE ? createForMigrate() : createForOther();
    }

    private RunContext createForMigrate() {
        var job = job();
        var sms = session.sms();
        var rule = AutoLaunchCheck.of(job);
        var specs = new TaskSpecFactory(ledger, job.defaults(), job.cutover().isLaunchedByCall(), rule);
        var tasks = new TaskProvisioner(sms, executor, ledger, owner, specs, failurePolicy(), clock);
        var preflight = new PreflightStage(
                ledger,
                owner,
                () -> {
                    tasks.markSourcesFresh();
                    return Preflight.load(sms, rule, inventorySourceIds(), this::eachRow);
                },
                job.defaults(),
                clock);
        return context(preflight, tasks, () -> migrateLoop(tasks));
    }

    private InventorySourceIds inventorySourceIds() {
        return new InventorySourceIds(
                each -> ledger.inventory(owner.runId()).forEach(line -> each.accept(line.cells())));
    }

    private void eachRow(Consumer<InventoryRow> each) {
        ledger.inventory(owner.runId())
                .forEach(line ->
                        each.accept(InventoryRow.restore(line.row(), line.line(), line.cells(), job().defaults())));
    }

    private ReconcileLoop migrateLoop(TaskProvisioner tasks) {
        var job = job();
        var context = reconcileContext();
        var plan = CutoverPlan.fromSettings(job.settings());
        return new ReconcileLoop(
                context,
                new MigrateReconciler(context, session.sms(), tasks, DecisionPolicy.of(job), job.defaults(), plan));
    }

    private CallFailurePolicy failurePolicy() {
        return new CallFailurePolicy(
                backoff, ledger.refusalCounts(owner.runId()), job().watch().giveUpAfter());
    }

    private RunContext createForOther() {
        var other = new BulkJobs(job(), session, clock);
        var preflight = new PreflightStage(ledger, owner, other::examiner, job().defaults(), clock);
        return context(
                preflight, null, () -> new ReconcileLoop(reconcileContext(), other.reconciler(ledger, owner, backoff)));
    }

    private ReconcileContext reconcileContext() {
        return new ReconcileContext(
                ledger,
                owner,
                executor,
                job().watch().every(),
                outageLimit(),
                backoff,
                session::callsPerSecond,
                stopSignal,
                clock,
                RunContextFactory::sleep);
    }

    private RunContext context(
            PreflightStage preflight, @Nullable TaskProvisioner tasks, Supplier<ReconcileLoop> drive) {
        return new RunContext(
                job().job().label(),
                owner,
                ledger,
                request.inventory(),
                job().defaults(),
                preflight,
                tasks,
                drive,
                stopSignal,
                request.strict(),
                listener,
                clock);
    }

    private JobFile job() {
        return request.job();
    }

    private Duration outageLimit() {
        return Objects.requireNonNullElse(job().watch().giveUpAfter(), DEFAULT_OUTAGE_LIMIT);
    }

    private static void sleep(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
    }
}
