package dev.smsrunner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.IntentExecutor;
import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerRowBuilder;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.support.TestDatabases;
import dev.smsrunner.support.TestLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Passes of the loop while the tasks of other servers are still created. */
class StartsBetweenCreatesTests {

    private static final int ROWS = 10;

    @TempDir
    Path data;

    private final ReadyTasks reconciler = new ReadyTasks();
    private TestLedger testLedger;
    private ReconcileLoop loop;
    private StopSignal.@Nullable Reason stop;

    @BeforeEach
    void begin() {
        testLedger = new TestLedger(TestDatabases.embedded(data));
        testLedger.plan(ROWS);
        var clock = testLedger.clock();
        var context = new ReconcileContext(
                testLedger.ledger(),
                testLedger.owner(),
                new IntentExecutor(testLedger.ledger(), testLedger.owner(), Runnable::run, () -> null, () -> 10, clock),
                Duration.ofSeconds(30),
                Duration.ofDays(3),
                CallFailurePolicy.backoff(Duration.ofSeconds(30), new Random(1)),
                () -> 10,
                () -> stop,
                clock,
                clock::pass);
        loop = new ReconcileLoop(context, reconciler);
    }

    @AfterEach
    void end() {
        testLedger.close();
    }

    @Test
    void firstCreateWithClearAnswerAllowsTheStart() {
        loop.runBetweenCreates(created(Operation.CREATE, CallState.DONE, 1));

        assertThat(reconciler.started).hasSize(ROWS);
    }

    @ParameterizedTest
    @EnumSource(value = CallState.class, names = "DONE", mode = EnumSource.Mode.EXCLUDE)
    void otherAnswerLeavesTheStartToTheChecksOfTheFirstPass(CallState state) {
        loop.runBetweenCreates(created(Operation.CREATE, state, 1));

        assertThat(reconciler.started).isEmpty();
        assertThat(reconciler.passes).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"CREATE, 2", "UPDATE, 1", "START, 1", "SPEED_RULES, 1"})
    void otherCallLeavesTheStartToTheChecksOfTheFirstPass(Operation operation, int attempt) {
        loop.runBetweenCreates(created(operation, CallState.DONE, attempt));

        assertThat(reconciler.started).isEmpty();
        assertThat(reconciler.passes).isEqualTo(1);
    }

    @Test
    void adoptedTaskIsNotStarted() {
        loop.runBetweenCreates(planned().stream()
                .map(row -> LedgerRowBuilder.builder(row)
                        .stage(Stage.TASK_READY)
                        .taskId("task-" + row.row())
                        .build())
                .toList());

        assertThat(reconciler.started).isEmpty();
    }

    @Test
    void launchIsAllowed() {
        reconciler.decision = new Decision.Launch();

        loop.runBetweenCreates(created(Operation.START, CallState.DONE, 2));

        assertThat(reconciler.started).hasSize(ROWS);
    }

    @Test
    void otherActionsWaitForTheFirstPass() {
        for (var action : List.of(new Decision.EnsureTask(), new Decision.Adopt("task-9"), new Decision.Send())) {
            reconciler.decision = action;

            loop.runBetweenCreates(created(Operation.CREATE, CallState.DONE, 1));
        }

        assertThat(reconciler.started).isEmpty();
        assertThat(reconciler.passes).isEqualTo(3);
    }

    @Test
    void observesAfterTenCreatesForEachPageOfTheList() {
        var rows = created(Operation.CREATE, CallState.DONE, 1);

        loop.runBetweenCreates(rows.subList(0, 6));
        assertThat(reconciler.passes).isZero();
        loop.runBetweenCreates(rows.subList(6, ROWS));
        assertThat(reconciler.passes).isEqualTo(1);
        loop.runBetweenCreates(rows.subList(0, 6));
        assertThat(reconciler.passes).isEqualTo(1);
    }

    @Test
    void stopEndsTheStarts() {
        stop = StopSignal.Reason.STOPPED;

        loop.runBetweenCreates(created(Operation.CREATE, CallState.DONE, 1));

        assertThat(reconciler.passes).isZero();
    }

    @Test
    void rowThatAPassHasEndedIsNotPlannedAnyMore() {
        var read = planned();
        reconciler.ended = 4;
        loop.runBetweenCreates(created(Operation.CREATE, CallState.DONE, 1).subList(5, ROWS));
        loop.runBetweenCreates(created(Operation.CREATE, CallState.DONE, 1).subList(5, ROWS));

        assertThat(loop.stillPlanned(read)).extracting(LedgerRow::row).containsExactly(1, 2, 3, 5);
    }

    private List<LedgerRow> planned() {
        return testLedger.ledger().findAll(testLedger.runId());
    }

    /** The rows with a task, and with this latest call. */
    private List<LedgerRow> created(Operation operation, CallState state, int attempt) {
        return planned().stream()
                .map(row -> LedgerRowBuilder.builder(row)
                        .stage(Stage.TASK_READY)
                        .taskId("task-" + row.row())
                        .call(new RowCall(operation, state, attempt, Instant.EPOCH))
                        .build())
                .toList();
    }

    /** Decides the same for each row that has a task. */
    private static final class ReadyTasks implements JobReconciler<Observation> {

        private final List<Integer> started = new ArrayList<>();
        private Decision decision = new Decision.Start();
        private int ended;
        private int passes;

        @Override
        public Function<LedgerRow, Observation> observe(List<LedgerRow> open, Instant now) {
            passes++;
            return row -> RowFixtures.seeing("READY", "UNAVAILABLE", "checking");
        }

        @Override
        public CallState callState(LedgerRow row, Observation observed) {
            return row.call() == null ? CallState.DONE : row.call().state();
        }

        @Override
        public Decision decide(LedgerRow row, Observation observed, Instant now) {
            if (row.row() == ended) {
                return new Decision.Finish(Outcome.SKIPPED, "skipped", null);
            }
            return row.stage() == Stage.PLANNED ? new Decision.Wait(Stage.PLANNED, null) : decision;
        }

        @Override
        public CallFailurePolicy failurePolicy() {
            return new CallFailurePolicy(CallFailurePolicy.backoff(Duration.ofSeconds(30), new Random(1)));
        }

        @Override
        public boolean act(List<PendingAction> pending, PassActions actions) {
            pending.forEach(action -> started.add(action.row()));
            return false;
        }
    }
}
