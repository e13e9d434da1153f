package dev.smsrunner.batch;

import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.IntentExecutor;
import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.job.BulkJob;
import dev.smsrunner.job.BulkJobs;
import dev.smsrunner.job.CloudApis;
import dev.smsrunner.job.PreflightContext;
import dev.smsrunner.job.RunStages;
import dev.smsrunner.job.TaskStage;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.preflight.PreflightStage;
import dev.smsrunner.reconcile.ReconcileContext;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Components of one run that its steps share. */
@Configuration(proxyBeanMethods = false)
class RunConfiguration {

    /** Maximum wait for an unreachable service in jobs that never give up rows. */
    private static final Duration DEFAULT_OUTAGE_LIMIT = Duration.ofDays(3);

    @Bean
    JobFile jobFile(RunInput input) {
        return input.job();
    }

    @Bean
    BulkJob bulkJob(JobFile job) {
        return BulkJobs.of(job);
    }

    @Bean
    IntentExecutor intentExecutor(
            Ledger ledger,
            FencedRun owner,
            ExecutorService calls,
            StopSignal stopSignal,
            CloudApis cloud,
            Clock clock) {
        return new IntentExecutor(ledger, owner, calls, stopSignal, cloud::callsPerSecond, clock);
    }

    @Bean
    ReconcileContext reconcileContext(
            JobFile job,
            Ledger ledger,
            FencedRun owner,
            IntentExecutor executor,
            CloudApis cloud,
            StopSignal stopSignal,
            RandomGenerator random,
            Clock clock) {
        return new ReconcileContext(
                ledger,
                owner,
                executor,
                job.watch().every(),
                Objects.requireNonNullElse(job.watch().giveUpAfter(), DEFAULT_OUTAGE_LIMIT),
                CallFailurePolicy.backoff(job.retry().backoff(), random),
                cloud::callsPerSecond,
                stopSignal,
                clock,
                time -> Thread.sleep(time.toMillis()));
    }

    @Bean
    RunStages runStages(BulkJob bulkJob, JobFile job, ReconcileContext context, CloudApis cloud) {
        return bulkJob.stages(job, context, cloud);
    }

    @Bean
    PreflightStage preflightStage(
            BulkJob bulkJob,
            JobFile job,
            Ledger ledger,
            FencedRun owner,
            CloudApis cloud,
            RunStages stages,
            Clock clock) {
        Consumer<Consumer<InventoryRow>> inventory =
                each -> ledger.inventory(owner.runId()).forEach(line -> each.accept(line.toRow(job.defaults())));
        var context = new PreflightContext(job, cloud, inventory, ledger::sourceHistory, clock);
        return new PreflightStage(
                ledger,
                owner,
                () -> {
                    stages.tasks().ifPresent(TaskStage::markSourcesFresh);
                    return bulkJob.examiner(context);
                },
                clock);
    }
}
