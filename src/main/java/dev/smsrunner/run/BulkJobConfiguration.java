package dev.smsrunner.run;

import dev.smsrunner.task.TaskProvisioner;
import javax.sql.DataSource;
import org.springframework.batch.core.configuration.annotation.EnableBatchProcessing;
import org.springframework.batch.core.configuration.annotation.EnableJdbcJobRepository;
import org.springframework.batch.core.job.Job;
import org.springframework.batch.core.job.builder.JobBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.repository.dao.JacksonExecutionContextStringSerializer;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.core.step.builder.ChunkOrientedStepBuilder;
import org.springframework.batch.core.step.builder.StepBuilder;
import org.springframework.batch.infrastructure.item.ItemReader;
import org.springframework.batch.infrastructure.item.ItemWriter;
import org.springframework.batch.infrastructure.repeat.RepeatStatus;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.annotation.Isolation;
import org.springframework.transaction.interceptor.DefaultTransactionAttribute;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.jsontype.BasicPolymorphicTypeValidator;

/**
 * Batch configuration of every job, named by the job file; only the migrate job has the task step. Each step reads its
 * remaining rows from the ledger. A restarted step therefore continues from the ledger, and execution contexts stay empty.
 */
@Configuration(proxyBeanMethods = false)
@EnableBatchProcessing
@EnableJdbcJobRepository(
        dataSourceRef = "dataSource",
        transactionManagerRef = "transactionManager",
        isolationLevelForCreate = Isolation.READ_COMMITTED,
        executionContextSerializerRef = "executionContextSerializer")
class BulkJobConfiguration {

    private static final int ROWS_PER_CHUNK = 500;
    private static final int TASKS_PER_CHUNK = 200;

    private final JobRepository repository;
    private final PlatformTransactionManager transactions;
    private final RunContext runContext;

    BulkJobConfiguration(JobRepository repository, PlatformTransactionManager transactions, RunContext runContext) {
        this.repository = repository;
        this.transactions = transactions;
        this.runContext = runContext;
    }

    @Bean
    Job job() {
        var job = new JobBuilder(runContext.job(), repository)
                .start(inventory())
                .next(preflight())
                .next(acceptance());
        var tasks = runContext.tasks();
        return (tasks == null ? job : job.next(tasks(tasks))).next(drive()).build();
    }

    private Step inventory() {
        var rows = new InventoryIntake(runContext);
        return chunks("inventory", ROWS_PER_CHUNK, rows, chunk -> rows.write(chunk));
    }

    private Step preflight() {
        var rows = new PlannedRows(runContext, ROWS_PER_CHUNK);
        return chunks(
                "preflight",
                ROWS_PER_CHUNK,
                rows,
                chunk -> runContext.preflight().examine(rows.withoutCalls(chunk.getItems())));
    }

    /** Ends the run here when preflight rejected a row and {@code --strict} is set. */
    private Step acceptance() {
        return new StepBuilder("acceptance", repository)
                .tasklet((contribution, context) -> {
                    runContext.refuseRejectedRows();
                    return RepeatStatus.FINISHED;
                })
                .transactionManager(transactions)
                .build();
    }

    private Step tasks(TaskProvisioner provisioner) {
        var rows = new PlannedRows(runContext, TASKS_PER_CHUNK);
        return chunks("task", TASKS_PER_CHUNK, rows, chunk -> provisioner.prepare(rows.readyForTask(chunk.getItems())));
    }

    private Step drive() {
        return new ReconcileStep(repository, runContext);
    }

    /**
     * Builds a step without a transaction per chunk. A transaction would stay open during API calls, and its rollback would
     * lose records of changes in the cloud. The stages commit their own transactions.
     */
    private <T> Step chunks(String name, int size, StoppableItemReader<T> reader, ItemWriter<T> writer) {
        var step = new ChunkOrientedStepBuilder<T, T>(name, repository, size)
                .reader((ItemReader<T>) reader)
                .writer(writer)
                .transactionManager(transactions)
                .transactionAttribute(new DefaultTransactionAttribute(TransactionDefinition.PROPAGATION_NOT_SUPPORTED))
                .listener((Object) reader);
        step.stream(reader);
        return step.build();
    }

    /** Beans of the job repository besides the data source. */
    @Configuration(proxyBeanMethods = false)
    static class Repository {

        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        JacksonExecutionContextStringSerializer executionContextSerializer() {
            // The default serializer creates any java.util object named in the stored text; contexts hold texts and
            // numbers only.
            var plain = BasicPolymorphicTypeValidator.builder()
                    .allowIfSubType(Number.class)
                    .build();
            return new JacksonExecutionContextStringSerializer(
                    JsonMapper.builder().activateDefaultTyping(plain).build());
        }
    }
}
