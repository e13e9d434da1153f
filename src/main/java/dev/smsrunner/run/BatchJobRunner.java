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
 * Runs the Batch job of one run, again when its repository failed and the cause may pass: a fail-over of the database at two
 * in the morning must not end the night.
 */
final class BatchJobRunner {

    private static final Logger log = LoggerFactory.getLogger(BatchJobRunner.class);
    private static final int MOST_STARTS = 12;
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(20);

    /** A start that failed after it had written more than this into the ledger had got on with its work. */
    private static final int MORE_THAN_A_BEGINNING = 3;

    private static final Duration SLICE = Duration.ofMillis(100);

    private final DataSource database;
    private final RunContext work;
    private final String inventoryHash;
    private final Duration outage;

    /**
     * @param inventoryHash of the inventory that the run has now: with another one every step has something to do again
     * @param outage how long a database that is away is waited for
     */
    BatchJobRunner(DataSource database, RunContext work, String inventoryHash, Duration outage) {
        this.database = database;
        this.work = work;
        this.inventoryHash = inventoryHash;
        this.outage = outage;
    }

    /** Why the job ended; empty when every step is complete or was stopped. */
    Optional<Throwable> launch() throws InterruptedException {
        try (var context = context()) {
            long failingSince = 0;
            long written = -1;
            for (int start = 1; ; start++) {
                var failure = start(context);
                if (failure.isEmpty() || work.halt().wanted() || !mayPass(failure.get())) {
                    return failure;
                }
                long writes = written();
                if (start == 1 || writes - written > MORE_THAN_A_BEGINNING) {
                    failingSince = System.nanoTime();
                    start = 1;
                }
                written = Math.max(written, writes);
                var away = Duration.ofNanos(System.nanoTime() - failingSince);
                if (failure.get() instanceof ApiException && start >= MOST_STARTS) {
                    return failure;
                }
                if (!(failure.get() instanceof ApiException) && away.compareTo(outage) >= 0) {
                    return Optional.of(new DatabaseAwayException(away, failure.get()));
                }
                log.warn(
                        "The job failed and is started again, for the {}. time: {}",
                        start,
                        failure.get().toString());
                nap(pause(start));
            }
        }
    }

    private long written() {
        try {
            return work.ledger().writes(work.owner().runId());
        } catch (RuntimeException ex) {
            return -1;
        }
    }

    private static Duration pause(int start) {
        return Duration.ofSeconds(Math.min(LONGEST_PAUSE.toSeconds(), 1L << Math.min(10, start - 1)));
    }

    private void nap(Duration time) throws InterruptedException {
        for (long slices = time.toMillis() / SLICE.toMillis();
                slices > 0 && !work.halt().wanted();
                slices--) {
            Thread.sleep(SLICE.toMillis());
        }
    }

    private Optional<Throwable> start(ConfigurableApplicationContext context) {
        try {
            var repository = context.getBean(JobRepository.class);
            new JobExecutionRecovery(repository, work.clock()).heal(work.job(), parameters());
            var execution = context.getBean(JobOperator.class).start(context.getBean(Job.class), parameters());
            return failure(execution);
        } catch (JobInstanceAlreadyCompleteException ex) {
            return Optional.empty();
        } catch (Exception | Error ex) {
            return Optional.of(ex);
        }
    }

    private JobParameters parameters() {
        return new JobParametersBuilder()
                .addString("run", work.owner().runId())
                .addString("inventory", inventoryHash)
                .toJobParameters();
    }

    private static Optional<Throwable> failure(JobExecution execution) {
        if (execution.getStatus() == BatchStatus.COMPLETED || execution.getStatus() == BatchStatus.STOPPED) {
            return Optional.empty();
        }
        var causes = new ArrayList<Throwable>();
        execution.getAllFailureExceptions().forEach(failure -> unwrap(failure, causes));
        return causes.stream()
                .filter(BatchJobRunner::known)
                .findFirst()
                .or(() -> causes.stream().findFirst())
                .or(() -> Optional.of(new IllegalStateException("The job ended " + execution.getExitStatus())));
    }

    private static void unwrap(Throwable failure, List<Throwable> into) {
        for (var cause = failure; cause != null && into.size() < 50; cause = cause.getCause()) {
            into.add(cause);
        }
    }

    private static boolean known(Throwable cause) {
        return cause instanceof ApiException
                || cause instanceof OwnershipLostException
                || cause instanceof DatabaseAwayException
                || cause instanceof RowsRejectedException
                || cause instanceof ServiceAwayException;
    }

    /** Whether it was the database or the network, not the work, that failed. */
    private static boolean mayPass(Throwable failure) {
        if (failure instanceof ApiException call) {
            return call.kind() != CallFailureKind.DENIED && call.kind() != CallFailureKind.REFUSED;
        }
        return !known(failure) && failure instanceof RuntimeException passing && DatabaseRetry.passing(passing)
                || failure instanceof org.springframework.dao.OptimisticLockingFailureException;
    }

    private ConfigurableApplicationContext context() {
        // Boot would set the logging up anew and detach the log of the run.
        System.setProperty(LoggingSystem.SYSTEM_PROPERTY, LoggingSystem.NONE);
        return new SpringApplicationBuilder(BulkJobConfiguration.Repository.class, BulkJobConfiguration.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .logStartupInfo(false)
                .registerShutdownHook(false)
                .initializers(context -> register((GenericApplicationContext) context))
                .run();
    }

    private void register(GenericApplicationContext context) {
        context.registerBean(
                "dataSource", DataSource.class, () -> database, definition -> definition.setDestroyMethodName(""));
        context.registerBean("work", RunContext.class, () -> work);
    }
}
