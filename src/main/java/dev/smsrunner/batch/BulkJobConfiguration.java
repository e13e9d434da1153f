package dev.smsrunner.batch;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.job.RunStages;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.preflight.ExaminedRow;
import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.configuration.annotation.EnableJdbcJobRepository;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.core.step.tasklet.Tasklet;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;

/**
 * Batch configuration of every bulk job. Each step reads its remaining rows from the ledger. A restarted step therefore
 * continues from the ledger, and execution contexts stay empty.
 */
@Configuration(proxyBeanMethods = false)
@EnableBatchProcessing
@EnableJdbcJobRepository(
        dataSourceRef = "dataSource",
        transactionManagerRef = "transactionManager",
        isolationLevelForCreate = Isolation.READ_COMMITTED,
        executionContextSerializerRef = "executionContextSerializer")
@Import({
    NewRowProcessor.class,
    InventoryRowWriter.class,
    UnexaminedRowReader.class,
    PreflightProcessor.class,
    PreflightWriter.class,
    AcceptanceTasklet.class,
    TaskProcessor.class,
    TaskWriter.class,
    RunLoop.class,
    ReconcileStep.class,
    ReportTasklet.class,
    StepLog.class,
    StopPolicy.class
})
class BulkJobConfiguration {

    private static final int ROWS_PER_CHUNK = 500;
    private static final int TASKS_PER_CHUNK = 100;

    private final JobRepository repository;
    private final PlatformTransactionManager transactions;
    private final StepLog stepLog;
    private final StopPolicy stopPolicy;

    BulkJobConfiguration(
            JobRepository repository, PlatformTransactionManager transactions, StepLog stepLog, StopPolicy stopPolicy) {
        this.repository = repository;
        this.transactions = transactions;
        this.stepLog = stepLog;
        this.stopPolicy = stopPolicy;
    }

    /** The steps in their order; a job that creates no tasks has no step {@code tasks}. */
    @Bean
    Job job(
            RunInput input,
            RunStages stages,
            Step inventory,
            Step preflight,
            Step acceptance,
            Step tasks,
            Step reconcile,
            Step report) {
        var job = new JobBuilder(input.job().job().label(), repository)
                .start(inventory)
                .next(preflight)
                .next(acceptance);
        if (stages.tasks().isPresent()) {
            job = job.next(tasks);
        }
        return job.next(reconcile).next(report).build();
    }

    /** Appends each row of the inventory to the ledger once; filters rows that the ledger has. */
    @Bean
    Step inventory(RunInput input, NewRowProcessor processor, InventoryRowWriter writer) {
        return this.<InventoryRow, InventoryRow>chunks("inventory", ROWS_PER_CHUNK)
                .reader(input.inventory())
                .processor(processor)
                .writer(writer)
                .build();
    }

    /** Matches each row with its source or task; filters rows that it rejects or skips. */
    @Bean
    Step preflight(UnexaminedRowReader reader, PreflightProcessor processor, PreflightWriter writer) {
        return this.<UnexaminedRow, ExaminedRow>chunks("preflight", ROWS_PER_CHUNK)
                .reader(reader)
                .processor(processor)
                .writer(writer)
                .build();
    }

    /** Ends the run here when preflight rejected a row and {@code --strict} is set. */
    @Bean
    Step acceptance(AcceptanceTasklet tasklet) {
        return tasklet("acceptance", tasklet);
    }

    /**
     * Ensures the migration task of each row, and starts those whose turn has come; filters rows that the reconcile loop must
     * observe first.
     */
    @Bean
    Step tasks(Ledger ledger, FencedRun owner, RunStages stages, TaskProcessor processor, TaskWriter writer) {
        return this.<LedgerRow, LedgerRow>chunks("tasks", TASKS_PER_CHUNK)
                .reader(new PlannedRowReader(ledger, owner, stages, TASKS_PER_CHUNK))
                .processor(processor)
                .writer(writer)
                .listener(writer)
                .build();
    }

    /** Observes, decides and acts until every row has ended. */
    @Bean
    Step reconcile(ReconcileStep step) {
        step.registerStepExecutionListener(stepLog);
        return step;
    }

    /** Records the end of the run and writes its reports. */
    @Bean
    Step report(ReportTasklet tasklet) {
        return tasklet("report", tasklet);
    }

    private <I, O> ChunkOrientedStepBuilder<I, O> chunks(String name, int size) {
        return new ChunkOrientedStepBuilder<I, O>(name, repository, size)
                .transactionManager(transactions)
                .transactionAttribute(noTransaction())
                .interruptionPolicy(stopPolicy)
                .listener(stepLog);
    }

    private Step tasklet(String name, Tasklet tasklet) {
        return new StepBuilder(name, repository)
                .tasklet(tasklet)
                .transactionManager(transactions)
                .transactionAttribute(noTransaction())
                .listener(stepLog)
                .build();
    }

    /**
     * No transaction per chunk. A transaction would stay open during API calls, and its rollback would lose records of changes
     * in the cloud. The stages commit their own transactions.
     */
    private static DefaultTransactionAttribute noTransaction() {
        return new DefaultTransactionAttribute(TransactionDefinition.PROPAGATION_NOT_SUPPORTED);
    }
}
