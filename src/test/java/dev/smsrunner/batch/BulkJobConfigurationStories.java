package dev.smsrunner.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.batch.core.BatchStatus;
import org.springframework.batch.core.job.JobExecution;
import org.springframework.batch.core.job.parameters.JobParameters;
import org.springframework.batch.core.job.parameters.JobParametersBuilder;
import org.springframework.batch.core.repository.JobRepository;
import org.springframework.batch.core.step.StepExecution;
import org.springframework.batch.infrastructure.item.ExecutionContext;
import org.springframework.batch.test.JobOperatorTestUtils;
import org.springframework.batch.test.context.SpringBatchTest;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.annotation.DirtiesContext.ClassMode;

/** Batch job: order and counts of its steps, restart after a failure. */
@SpringBatchTest
@DirtiesContext(classMode = ClassMode.AFTER_EACH_TEST_METHOD)
abstract class BulkJobConfigurationStories {

    private static final int ROWS = JobWorld.SERVERS + JobWorld.GHOSTS;

    @Autowired
    private JobOperatorTestUtils jobs;

    @Autowired
    private JobRepository repository;

    @Autowired
    private JobWorld world;

    private long stepStarts;

    @Test
    void stepsRunInOrderAndCountTheirRows() throws Exception {
        var execution = jobs.startJob(parameters());

        assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(steps(execution))
                .containsExactly("inventory", "preflight", "acceptance", "tasks", "reconcile", "report");
        assertThat(counts(execution, "inventory")).isEqualTo(new Counts(ROWS, 0, ROWS, 0));
        assertThat(counts(execution, "preflight")).isEqualTo(new Counts(ROWS, JobWorld.GHOSTS, JobWorld.SERVERS, 0));
        assertThat(counts(execution, "tasks")).isEqualTo(new Counts(JobWorld.SERVERS, 0, JobWorld.SERVERS, 0));
        assertThat(counts(execution, "reconcile")).isEqualTo(new Counts(JobWorld.SERVERS, 0, JobWorld.SERVERS, 0));
        assertThat(world.finished).isEqualTo(1);
        assertThatEachCallWasSentOnce();
    }

    @Test
    void executionContextsStayEmpty() throws Exception {
        var execution = jobs.startJob(parameters());

        var kept = repository.getJobExecution(execution.getId());
        assertThat(kept.getExecutionContext().toMap().keySet()).allMatch(key -> key.startsWith("batch."));
        assertThat(kept.getStepExecutions())
                .hasSize(6)
                .allSatisfy(
                        step -> assertThat(step.getExecutionContext().toMap().keySet())
                                .as(step.getStepName())
                                .allMatch(key -> key.startsWith("batch.")));
    }

    @Test
    void failedIntakeContinuesAfterLastCommittedRow() throws Exception {
        world.reading = whole -> new FailingReader(whole, 550);
        var broken = jobs.startJob(parameters());
        world.reading = whole -> whole;

        var execution = jobs.startJob(parameters());

        assertThat(broken.getStatus()).isEqualTo(BatchStatus.FAILED);
        assertThat(steps(broken)).containsExactly("inventory");
        assertThat(counts(execution, "inventory")).isEqualTo(new Counts(ROWS, 500, ROWS - 500, 0));
        assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
        assertThatEachCallWasSentOnce();
    }

    @Test
    void restartRunsFailedStepOnly() throws Exception {
        world.reconcileFailures.add(new IllegalStateException("out of threads"));
        var broken = jobs.startJob(parameters());

        var execution = jobs.startJob(parameters());

        assertThat(broken.getStatus()).isEqualTo(BatchStatus.FAILED);
        assertThat(execution.getJobInstanceId()).isEqualTo(broken.getJobInstanceId());
        assertThat(steps(execution)).containsExactly("reconcile", "report");
        assertThatEachCallWasSentOnce();
    }

    @Test
    void repeatedPreflightExaminesAcceptedRowsAgain() {
        step("inventory");
        step("preflight");

        var repeated = step("preflight");

        assertThat(repeated).isEqualTo(new Counts(JobWorld.SERVERS, 0, JobWorld.SERVERS, 0));
        assertThat(world.ledger().findAll(world.runId()).subList(0, JobWorld.SERVERS))
                .allMatch(LedgerRow::isOpen)
                .allMatch(row -> row.sourceId() != null);
    }

    /** The second chunk holds rejected rows only, and its end reaches the ledger, too. */
    @Test
    void preflightWritesRejectionsOfChunkWithoutAcceptedRows() {
        step("inventory");

        var examined = step("preflight");

        assertThat(examined).isEqualTo(new Counts(ROWS, JobWorld.GHOSTS, JobWorld.SERVERS, 0));
        assertThat(world.ledger().findAll(world.runId()).subList(500, ROWS))
                .allMatch(row -> row.outcome() == Outcome.REJECTED);
    }

    @Test
    void repeatedInventoryStepFiltersEveryRow() {
        step("inventory");

        assertThat(step("inventory")).isEqualTo(new Counts(ROWS, ROWS, 0, 0));
        assertThat(world.ledger().findAll(world.runId())).hasSize(ROWS);
    }

    /** Rows with a task are not planned any more, so a repeated step reads none. */
    @Test
    void tasksStepCreatesEachTaskOnce() {
        step("inventory");
        step("preflight");

        assertThat(step("tasks")).isEqualTo(new Counts(JobWorld.SERVERS, 0, JobWorld.SERVERS, 0));
        assertThat(step("tasks")).isEqualTo(new Counts(0, 0, 0, 0));
        assertThat(world.simulator().audit().creates())
                .hasSize(JobWorld.SERVERS)
                .allSatisfy((id, times) -> assertThat(times).isEqualTo(1));
    }

    @Test
    void instanceWithoutExecutionIsRecovered() throws Exception {
        repository.createJobInstance(JobWorld.JOB, parameters());
        assertThatThrownBy(() -> jobs.startJob(parameters())).hasMessageContaining("Cannot find any job execution");

        recover();
        var execution = jobs.startJob(parameters());

        assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
        assertThatEachCallWasSentOnce();
    }

    @ParameterizedTest
    @EnumSource(names = {"STARTED", "UNKNOWN"})
    void executionOfDeadProcessIsRecovered(BatchStatus left) throws Exception {
        var dead = leave(left);

        recover();
        var execution = jobs.startJob(parameters());

        var recovered = repository.getJobExecution(dead);
        assertThat(recovered.getStatus()).isEqualTo(BatchStatus.FAILED);
        assertThat(recovered.getEndTime()).isNotNull();
        assertThat(recovered.getStepExecutions())
                .extracting(StepExecution::getStatus)
                .containsOnly(BatchStatus.FAILED);
        assertThat(execution.getStatus()).isEqualTo(BatchStatus.COMPLETED);
        assertThat(execution.getJobInstanceId()).isEqualTo(recovered.getJobInstanceId());
        assertThatEachCallWasSentOnce();
    }

    /** Returns an id, since the test support of Batch calls any method that returns an execution before each test. */
    private long leave(BatchStatus status) {
        var instance = repository.createJobInstance(JobWorld.JOB, parameters());
        var execution = repository.createJobExecution(instance, parameters(), new ExecutionContext());
        execution.setStatus(status);
        repository.update(execution);
        var step = repository.createStepExecution("inventory", execution);
        step.setStatus(status);
        repository.update(step);
        return execution.getId();
    }

    private void recover() {
        new JobExecutionRecovery(repository, Clock.systemUTC()).recover(JobWorld.JOB, parameters());
    }

    private JobParameters parameters() {
        return new JobParametersBuilder().addString("run", world.runId()).toJobParameters();
    }

    private static List<String> steps(JobExecution execution) {
        return execution.getStepExecutions().stream()
                .map(StepExecution::getStepName)
                .toList();
    }

    /** Runs one step; returns no execution, as {@link #leave}. */
    private Counts step(String name) {
        var once = new JobParametersBuilder(parameters()).addLong("start", ++stepStarts);
        return counts(jobs.startStep(name, once.toJobParameters(), new ExecutionContext()), name);
    }

    /** Counts of one step. */
    private record Counts(long read, long filtered, long written, long skipped) {}

    private static Counts counts(JobExecution execution, String name) {
        return execution.getStepExecutions().stream()
                .filter(step -> step.getStepName().equals(name))
                .map(step -> new Counts(
                        step.getReadCount(), step.getFilterCount(), step.getWriteCount(), step.getSkipCount()))
                .findFirst()
                .orElseThrow();
    }

    private void assertThatEachCallWasSentOnce() {
        var rows = world.ledger().findAll(world.runId());
        assertThat(rows).hasSize(ROWS);
        assertThat(rows.subList(0, JobWorld.SERVERS)).allMatch(row -> row.outcome() == Outcome.MIGRATED);
        assertThat(rows.subList(JobWorld.SERVERS, ROWS)).allMatch(row -> row.outcome() == Outcome.REJECTED);
        var audit = world.simulator().audit();
        assertThat(audit.creates())
                .hasSize(JobWorld.SERVERS)
                .allSatisfy((id, times) -> assertThat(times).isEqualTo(1));
        assertThat(audit.launches())
                .hasSize(JobWorld.SERVERS)
                .allSatisfy((id, times) -> assertThat(times).isEqualTo(1));
        assertThat(audit.violations()).isEmpty();
    }
}
