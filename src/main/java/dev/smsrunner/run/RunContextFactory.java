package dev.smsrunner.run;

import dev.smsrunner.cutover.CutoverPlan;
import dev.smsrunner.intent.Backoff;
import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.IntentExecutor;
import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.JobKind;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.preflight.AutoLaunchCheck;
import dev.smsrunner.preflight.Preflight;
import dev.smsrunner.preflight.PreflightStage;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.ReconcileLoop;
import dev.smsrunner.task.TaskProvisioner;
import dev.smsrunner.task.TaskSpecFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Puts together what the steps of one run work with: the one place that knows which parts a job consists of. */
record RunContextFactory(
        RunRequest assignment,
        FencedRun owner,
        Ledger ledger,
        IntentExecutor actor,
        Backoff backoff,
        CloudAccess.Session session,
        StopSignal halt,
        RunListener listener,
        Clock clock) {

    /** A service that is away is waited for so long when rows are never given up. */
    private static final Duration LONG_ENOUGH = Duration.ofDays(3);

    RunContext work() {
        return job().job() == JobKind.MIGRATE ? migration() : other();
    }

    private RunContext migration() {
        var job = job();
        var sms = session.sms();
        var rule = AutoLaunchCheck.of(job);
        var specs = new TaskSpecFactory(ledger, job.defaults(), job.cutover().launchedByHand(), rule);
        var tasks = new TaskProvisioner(sms, actor, ledger, owner, specs, refusals(), clock);
        var preflight = new PreflightStage(
                ledger,
                owner,
                () -> {
                    tasks.looked();
                    return Preflight.look(sms, rule, idsOfInventory(), this::eachRow);
                },
                job.defaults(),
                clock);
        return work(preflight, tasks, () -> drive(tasks));
    }

    private InventorySourceIds idsOfInventory() {
        return new InventorySourceIds(
                each -> ledger.inventory(owner.runId()).forEach(line -> each.accept(line.cells())));
    }

    private void eachRow(Consumer<InventoryRow> each) {
        ledger.inventory(owner.runId())
                .forEach(line ->
                        each.accept(InventoryRow.restore(line.row(), line.line(), line.cells(), job().defaults())));
    }

    private ReconcileLoop drive(TaskProvisioner tasks) {
        var job = job();
        return new ReconcileLoop(new ReconcileLoop.Parts(
                session.sms(),
                ledger,
                owner,
                actor,
                tasks,
                DecisionPolicy.of(job),
                job.defaults(),
                CutoverPlan.recorded(job.settings()),
                job.watch().every(),
                awayLimit(),
                backoff,
                session::callsPerSecond,
                halt,
                clock,
                RunContextFactory::nap));
    }

    private CallFailurePolicy refusals() {
        return new CallFailurePolicy(
                backoff, ledger.refusals(owner.runId()), job().watch().giveUpAfter());
    }

    private RunContext other() {
        var other = new OtherJob(job(), session, clock);
        var preflight = new PreflightStage(ledger, owner, other::examiner, job().defaults(), clock);
        return work(preflight, null, () -> new ReconcileLoop(pulse(), other.course(ledger, owner, backoff)));
    }

    private ReconcileLoop.Pulse pulse() {
        return new ReconcileLoop.Pulse(
                ledger,
                owner,
                actor,
                job().watch().every(),
                awayLimit(),
                backoff,
                session::callsPerSecond,
                halt,
                clock,
                RunContextFactory::nap);
    }

    private RunContext work(PreflightStage preflight, @Nullable TaskProvisioner tasks, Supplier<ReconcileLoop> drive) {
        return new RunContext(
                job().job().word(),
                owner,
                ledger,
                assignment.inventory(),
                job().defaults(),
                preflight,
                tasks,
                drive,
                halt,
                assignment.strict(),
                listener,
                clock);
    }

    private JobFile job() {
        return assignment.job();
    }

    private Duration awayLimit() {
        return Objects.requireNonNullElse(job().watch().giveUpAfter(), LONG_ENOUGH);
    }

    private static void nap(Duration time) throws InterruptedException {
        Thread.sleep(time.toMillis());
    }
}
