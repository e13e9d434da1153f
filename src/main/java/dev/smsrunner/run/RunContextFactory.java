package dev.smsrunner.run;

import dev.smsrunner.intent.Backoff;
import dev.smsrunner.intent.IntentExecutor;
import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.job.BulkJobs;
import dev.smsrunner.job.PreflightContext;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.preflight.PreflightStage;
import dev.smsrunner.reconcile.ReconcileContext;
import dev.smsrunner.reconcile.ReconcileLoop;
import dev.smsrunner.task.TaskProvisioner;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

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
        var bulkJob = BulkJobs.of(job());
        var context = reconcileContext();
        var stages = bulkJob.stages(job(), context, session);
        var preflight = new PreflightStage(
                ledger,
                owner,
                () -> {
                    stages.tasks().ifPresent(TaskProvisioner::markSourcesFresh);
                    return bulkJob.examiner(new PreflightContext(job(), session, this::eachRow, clock));
                },
                job().defaults(),
                clock);
        return new RunContext(
                bulkJob.label(),
                owner,
                ledger,
                request.inventory(),
                job().defaults(),
                preflight,
                stages.tasks().orElse(null),
                () -> new ReconcileLoop(context, stages.reconciler()),
                stopSignal,
                request.strict(),
                listener,
                clock);
    }

    private void eachRow(Consumer<InventoryRow> each) {
        ledger.inventory(owner.runId())
                .forEach(line ->
                        each.accept(InventoryRow.restore(line.row(), line.line(), line.cells(), job().defaults())));
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
