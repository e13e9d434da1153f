package dev.smsrunner.batch;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.database.DatabaseAwayException;
import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.OwnershipLostException;
import dev.smsrunner.reconcile.ServiceAwayException;
import dev.smsrunner.support.Backoff;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.launch.JobInstanceAlreadyCompleteException;
import org.springframework.batch.core.launch.JobOperator;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.beans.BeansException;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

/**
 * Runs the batch job of one run and restarts it after a transient failure: a database fail-over at two in the morning must
 * not end the run.
 */
public record BatchJobRunner(
        JobRepository repository,
        JobOperator operator,
        Job job,
        RunInput input,
        Ledger ledger,
        StopSignal stopSignal,
        Clock clock) {

    private static final Logger log = LoggerFactory.getLogger(BatchJobRunner.class);
    private static final int MAX_STARTS = 12;
    private static final Backoff BACKOFF = Backoff.exact(Duration.ofSeconds(1), Duration.ofSeconds(20));

    /** Ledger writes of the startup itself; more writes mean that the job made progress before it failed. */
    private static final int STARTUP_WRITES = 3;

    private static final Duration SLEEP_SLICE = Duration.ofMillis(100);

    /**
     * Runs the job in a context of its own.
     *
     * @param components shared components of the run: those that {@link RunConfiguration} and the steps take
     * @return the failure of the job; empty when every step completed or was stopped
     */
    public static Optional<Throwable> run(Map<String, Object> components) throws InterruptedException {
        try (var context = new AnnotationConfigApplicationContext()) {
            components.forEach(context.getBeanFactory()::registerSingleton);
            context.register(
                    JobRepositoryConfiguration.class,
                    RunConfiguration.class,
                    BulkJobConfiguration.class,
                    BatchJobRunner.class);
            try {
                context.refresh();
            } catch (BeansException ex) { // a component reads the ledger, and the database may be away
                return Optional.of(findKnownCause(List.of(ex)).orElse(ex));
            }
            return context.getBean(BatchJobRunner.class).run();
        }
    }

    private Optional<Throwable> run() throws InterruptedException {
        var outage = input.job().limits().databaseOutage();
        long failingSince = 0;
        long previousWrites = -1;
        for (int start = 1; ; start++) {
            var failure = start();
            if (failure.isEmpty() || stopSignal.isRequested() || !isTransient(failure.get())) {
                return failure;
            }
            long writes = writeCount();
            if (start == 1 || writes - previousWrites > STARTUP_WRITES) {
                failingSince = System.nanoTime();
                start = 1;
            }
            previousWrites = Math.max(previousWrites, writes);
            var away = Duration.ofNanos(System.nanoTime() - failingSince);
            if (failure.get() instanceof ApiException && start >= MAX_STARTS) {
                return failure;
            }
            if (!(failure.get() instanceof ApiException) && away.compareTo(outage) >= 0) {
                return Optional.of(new DatabaseAwayException(away, failure.get()));
            }
            log.warn(
                    "Batch job failed; restarting (attempt {}): {}",
                    start,
                    failure.get().toString());
            sleep(BACKOFF.delay(start));
        }
    }

    private long writeCount() {
        try {
            return ledger.writeCount(input.run().runId());
        } catch (RuntimeException ex) {
            return -1;
        }
    }

    private void sleep(Duration time) throws InterruptedException {
        for (long slices = time.toMillis() / SLEEP_SLICE.toMillis();
                slices > 0 && !stopSignal.isRequested();
                slices--) {
            Thread.sleep(SLEEP_SLICE.toMillis());
        }
    }

    private Optional<Throwable> start() {
        try {
            new JobExecutionRecovery(repository, clock).recover(job.getName(), parameters());
            return failureOf(operator.start(job, parameters()));
        } catch (JobInstanceAlreadyCompleteException ex) {
            return Optional.empty();
        } catch (Exception | Error ex) {
            return Optional.of(ex);
        }
    }

    /** A different hash of the inventory makes every step run again. */
    private JobParameters parameters() {
        return new JobParametersBuilder()
                .addString("run", input.run().runId())
                .addString("inventory", input.run().inventoryHash())
                .toJobParameters();
    }

    private static Optional<Throwable> failureOf(JobExecution execution) {
        if (execution.getStatus() == BatchStatus.COMPLETED || execution.getStatus() == BatchStatus.STOPPED) {
            return Optional.empty();
        }
        var failures = execution.getAllFailureExceptions();
        return findKnownCause(failures)
                .or(() -> failures.stream().findFirst())
                .or(() -> Optional.of(
                        new IllegalStateException("The batch job ended with " + execution.getExitStatus())));
    }

    private static Optional<Throwable> findKnownCause(List<? extends Throwable> failures) {
        var causes = new ArrayList<Throwable>();
        failures.forEach(failure -> addCauses(failure, causes));
        return causes.stream().filter(BatchJobRunner::isKnown).findFirst();
    }

    private static void addCauses(Throwable failure, List<Throwable> into) {
        for (var cause = failure; cause != null && into.size() < 50; cause = cause.getCause()) {
            into.add(cause);
        }
    }

    private static boolean isKnown(Throwable cause) {
        return cause instanceof ApiException
                || cause instanceof OwnershipLostException
                || cause instanceof DatabaseAwayException
                || cause instanceof RowsRejectedException
                || cause instanceof ServiceAwayException;
    }

    /** Whether the database or the network failed, and not the job itself. */
    private static boolean isTransient(Throwable failure) {
        if (failure instanceof ApiException call) {
            return call.kind() != CallFailureKind.DENIED && call.kind() != CallFailureKind.REFUSED;
        }
        return !isKnown(failure) && failure instanceof RuntimeException passing && DatabaseRetry.isTransient(passing)
                || failure instanceof org.springframework.dao.OptimisticLockingFailureException;
    }
}
