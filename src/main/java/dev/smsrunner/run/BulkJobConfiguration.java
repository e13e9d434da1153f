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
 * The job, under the name that the job file gives it: the stages in their order; only the main job has that of the tasks. What a stage
 * still has to do it reads from the ledger, so that a step that is started again begins where the ledger is, and nothing of value is
 * kept in an execution context.
 */
@Configuration(proxyBeanMethods = false)
@EnableBatchProcessing
@EnableJdbcJobRepository(
        dataSourceRef = "dataSource",
        transactionManagerRef = "transactionManager",
        isolationLevelForCreate = Isolation.READ_COMMITTED,
        executionContextSerializerRef = "executionContextSerializer")
class BulkJobConfiguration {

    private static final int ROWS_AT_ONCE = 500;
    private static final int TASKS_AT_ONCE = 200;

    private final JobRepository repository;
    private final PlatformTransactionManager transactions;
    private final RunContext work;

    BulkJobConfiguration(JobRepository repository, PlatformTransactionManager transactions, RunContext work) {
        this.repository = repository;
        this.transactions = transactions;
        this.work = work;
    }

    @Bean
    Job job() {
        var job = new JobBuilder(work.job(), repository)
                .start(inventory())
                .next(preflight())
                .next(acceptance());
        var tasks = work.tasks();
        return (tasks == null ? job : job.next(tasks(tasks))).next(drive()).build();
    }

    private Step inventory() {
        var rows = new InventoryIntake(work);
        return chunks("inventory", ROWS_AT_ONCE, rows, chunk -> rows.write(chunk));
    }

    private Step preflight() {
        var rows = new PlannedRows(work, ROWS_AT_ONCE);
        return chunks(
                "preflight", ROWS_AT_ONCE, rows, chunk -> work.preflight().examine(rows.unexamined(chunk.getItems())));
    }

    /** With {@code --strict} one rejected row is one too many. */
    private Step acceptance() {
        return new StepBuilder("acceptance", repository)
                .tasklet((contribution, context) -> {
                    work.refuseRejectedRows();
                    return RepeatStatus.FINISHED;
                })
                .transactionManager(transactions)
                .build();
    }

    private Step tasks(TaskProvisioner stage) {
        var rows = new PlannedRows(work, TASKS_AT_ONCE);
        return chunks("task", TASKS_AT_ONCE, rows, chunk -> stage.prepare(rows.ready(chunk.getItems())));
    }

    private Step drive() {
        return new DriveStep(repository, work);
    }

    /**
     * No transaction around a chunk: it would be open while calls are made, and it could roll back what was done in the cloud.
     * The stages commit by themselves.
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

    /** Beans that the job repository needs besides the data source. */
    @Configuration(proxyBeanMethods = false)
    static class Repository {

        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new JdbcTransactionManager(dataSource);
        }

        @Bean
        JacksonExecutionContextStringSerializer executionContextSerializer() {
            // The usual one makes any object of java.util that a text in the column names; ours are texts and numbers.
            var plain = BasicPolymorphicTypeValidator.builder()
                    .allowIfSubType(Number.class)
                    .build();
            return new JacksonExecutionContextStringSerializer(
                    JsonMapper.builder().activateDefaultTyping(plain).build());
        }
    }
}
