package dev.smsrunner.run;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.database.DatabaseAwayException;
import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.ledger.OwnershipLostException;
import dev.smsrunner.reconcile.ServiceAwayException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
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
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;

/**
 * Runs the batch job of one run and restarts it after a transient failure: a database fail-over at two in the morning must
 * not end the run.
 */
final class BatchJobRunner {

    private static final Logger log = LoggerFactory.getLogger(BatchJobRunner.class);
    private static final int MAX_STARTS = 12;
    private static final Duration MAX_PAUSE = Duration.ofSeconds(20);

    /** Ledger writes of the startup itself; more writes mean that the job made progress before it failed. */
    private static final int STARTUP_WRITES = 3;

    private static final Duration SLEEP_SLICE = Duration.ofMillis(100);

    private final DataSource database;
    private final RunContext runContext;
    private final String inventoryHash;
    private final Duration outage;

    /**
     * @param inventoryHash SHA-256 of the current inventory; a different hash makes every step run again
     * @param outage maximum wait for an unavailable database
     */
    BatchJobRunner(DataSource database, RunContext runContext, String inventoryHash, Duration outage) {
        this.database = database;
        this.runContext = runContext;
        this.inventoryHash = inventoryHash;
        this.outage = outage;
    }

    /** Runs the job and returns its failure; empty when every step completed or was stopped. */
    Optional<Throwable> run() throws InterruptedException {
        try (var spring = createSpringContext()) {
            long failingSince = 0;
            long previousWrites = -1;
            for (int start = 1; ; start++) {
                var failure = start(spring);
                if (failure.isEmpty() || runContext.stopSignal().isRequested() || !isTransient(failure.get())) {
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
                sleep(pause(start));
            }
        }
    }

    private long writeCount() {
        try {
            return runContext.ledger().writeCount(runContext.owner().runId());
        } catch (RuntimeException ex) {
            return -1;
        }
    }

    private static Duration pause(int start) {
        return Duration.ofSeconds(Math.min(MAX_PAUSE.toSeconds(), 1L << Math.min(10, start - 1)));
    }

    private void sleep(Duration time) throws InterruptedException {
        for (long slices = time.toMillis() / SLEEP_SLICE.toMillis();
                slices > 0 && !runContext.stopSignal().isRequested();
                slices--) {
            Thread.sleep(SLEEP_SLICE.toMillis());
        }
    }

    private Optional<Throwable> start(ConfigurableApplicationContext spring) {
        try {
            var repository = spring.getBean(JobRepository.class);
            new JobExecutionRecovery(repository, runContext.clock()).recover(runContext.job(), parameters());
            var execution = spring.getBean(JobOperator.class).start(spring.getBean(Job.class), parameters());
            return failureOf(execution);
        } catch (JobInstanceAlreadyCompleteException ex) {
            return Optional.empty();
        } catch (Exception | Error ex) {
            return Optional.of(ex);
        }
    }

    private JobParameters parameters() {
        return new JobParametersBuilder()
                .addString("run", runContext.owner().runId())
                .addString("inventory", inventoryHash)
                .toJobParameters();
    }

    private static Optional<Throwable> failureOf(JobExecution execution) {
        if (execution.getStatus() == BatchStatus.COMPLETED || execution.getStatus() == BatchStatus.STOPPED) {
            return Optional.empty();
        }
        var causes = new ArrayList<Throwable>();
        execution.getAllFailureExceptions().forEach(failure -> addCauses(failure, causes));
        return causes.stream()
                .filter(BatchJobRunner::isKnown)
                .findFirst()
                .or(() -> causes.stream().findFirst())
                .or(() -> Optional.of(
                        new IllegalStateException("The batch job ended with " + execution.getExitStatus())));
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

    private ConfigurableApplicationContext createSpringContext() {
        // Boot would initialize logging again and detach the log of the run.
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        return new SpringApplicationBuilder(BulkJobConfiguration.Repository.class, BulkJobConfiguration.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .initializers(spring -> register((GenericApplicationContext) spring))
                .run();
    }

    private void register(GenericApplicationContext spring) {
        spring.registerBean(
                "dataSource", DataSource.class, () -> database, definition -> definition.setDestroyMethodName(""));
        spring.registerBean("runContext", RunContext.class, () -> runContext);
    }
}
