package dev.smsrunner.job.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.database.Database;
import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.IntentExecutor;
import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.job.migrate.preflight.AutoLaunchCheck;
import dev.smsrunner.job.migrate.task.TaskProvisioner;
import dev.smsrunner.job.migrate.task.TaskSpecFactory;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.reconcile.ReconcileContext;
import dev.smsrunner.reconcile.ReconcileLoop;
import dev.smsrunner.reconcile.RowFixtures;
import dev.smsrunner.support.Failures;
import dev.smsrunner.support.FakeSms;
import dev.smsrunner.support.TestDatabases;
import dev.smsrunner.support.TestLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Speed limits by time of day are set once before the start, despite lost answers and killed processes. */
class SpeedRulesTests {

    private static final String RULES = "8:00-18:00=50@20;18:00-24:00=0";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private static Database database;

    private final FakeSms sms = new FakeSms();
    private FakeSms.Task task;
    private TestLedger testLedger;

    @BeforeAll
    static void open(@TempDir Path data) {
        database = TestDatabases.embedded(data);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void oneServerWithAnIdleTask() {
        testLedger = new TestLedger(database);
        sms.server("source-1");
        task = sms.task("source-1");
    }

    @Test
    void limitsAreSetBeforeTheStart() {
        ready(RULES);

        runProcess();

        assertThat(sms.changes()).containsExactly("UpdateSpeed task-1", "UpdateTaskStatus task-1 start");
        assertThat(task.speedLimits).isEqualTo(JSON.readTree("""
                [{"start": "08:00", "end": "18:00", "speed": 50, "over_speed_threshold": 20},
                 {"start": "18:00", "end": "24:00", "speed": 0}]"""));
        assertThat(calls()).containsExactly("SPEED_RULES 1 DONE", "START 2 DONE");
        assertThat(testLedger.row(1).attempts()).isEqualTo(1);
    }

    @Test
    void rowWithoutLimitsNeedsNoCall() {
        ready("");

        runProcess();

        assertThat(sms.calls()).noneMatch(call -> call.contains("Speed"));
        assertThat(sms.changes()).containsExactly("UpdateTaskStatus task-1 start");
    }

    @Test
    void valueNoneRemovesLimitsOfAdoptedTask() {
        task.speedLimits = JSON.readTree("[{\"start\": \"08:00\", \"end\": \"18:00\", \"speed\": 1}]");
        ready("none");

        runProcess();

        assertThat(task.speedLimits).isEmpty();
        assertThat(sms.changes()).containsExactly("UpdateSpeed task-1", "UpdateTaskStatus task-1 start");
    }

    @Test
    void lostAnswerIsResolvedBeforeTheStart() {
        ready(RULES);
        sms.loseAnswer("UpdateSpeed");

        runProcess();

        assertThat(sms.changes()).containsExactly("UpdateSpeed task-1", "UpdateTaskStatus task-1 start");
        assertThat(sms.calls()).containsOnlyOnce("ShowsSpeedLimits task-1");
        assertThat(calls()).containsExactly("SPEED_RULES 1 SEEN", "START 2 DONE");
        assertThat(testLedger.row(1).attempts()).isEqualTo(1);
    }

    /** The process was killed after the intent: the result of its call is unknown. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void processKilledAtCallIsResolvedByTheNext(boolean sent) {
        var row = ready(RULES);
        var open = Intent.open(
                1, Operation.SPEED_RULES, 1, "task-1", testLedger.clock().instant());
        testLedger
                .ledger()
                .write(testLedger.owner(), List.of(new LedgerWrite(row.withCall(open.call()), List.of(), open)));
        if (sent) {
            sms.limitSpeed("task-1", JSON.readTree("""
                    [{"start": "18:00", "end": "0:00", "speed": 0, "over_speed_threshold": 10},
                     {"start": "8:00", "end": "18:00", "speed": 50, "over_speed_threshold": 20}]"""));
        }

        runProcess();

        assertThat(sms.changes()).containsExactly("UpdateSpeed task-1", "UpdateTaskStatus task-1 start");
        assertThat(calls())
                .isEqualTo(
                        sent
                                ? List.of("SPEED_RULES 1 SEEN", "START 2 DONE")
                                : List.of("SPEED_RULES 1 ABSENT", "SPEED_RULES 2 DONE", "START 3 DONE"));
    }

    @Test
    void processKilledAfterLimitsOnlyStarts() {
        ready(RULES);
        sms.refuse("UpdateTaskStatus", Failures.refused("UpdateTaskStatus", "SMS.0203"));
        runProcessUntil("UpdateTaskStatus task-1 start");

        runProcess();

        assertThat(sms.changes())
                .containsExactly(
                        "UpdateSpeed task-1", "UpdateTaskStatus task-1 start", "UpdateTaskStatus task-1 start");
        assertThat(sms.calls()).doesNotContain("ShowsSpeedLimits task-1");
    }

    /** As after a change of the row's inventory line between two processes. */
    @Test
    void taskThatIsReadyAgainGetsLimitsAgain() {
        ready(RULES);
        sms.refuse("UpdateTaskStatus", Failures.refused("UpdateTaskStatus", "SMS.0203"));
        runProcessUntil("UpdateTaskStatus task-1 start");
        var event = EventDraft.ofRow(testLedger.row(1), EventKind.STAGE, "PLANNED", "TASK_READY", null);
        testLedger.ledger().write(testLedger.owner(), List.of(LedgerWrite.of(testLedger.row(1), List.of(event))));

        runProcess();

        assertThat(sms.changes().stream().filter("UpdateSpeed task-1"::equals)).hasSize(2);
    }

    @Test
    void taskWithRefusedLimitsIsNotStarted() {
        ready(RULES);
        sms.refuse("UpdateSpeed", Failures.refused("UpdateSpeed", "SMS.0205"));

        runProcess();

        assertThat(sms.changes()).containsExactly("UpdateSpeed task-1");
        assertThat(testLedger.row(1).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(testLedger.row(1).reason()).contains("UpdateSpeed refused");
    }

    /** A row with a ready task, as the task stage leaves it. */
    private LedgerRow ready(String rules) {
        var planned = testLedger
                .plan(List.of(Map.of("server_name", "erp-db-02", "speed_limit_rules", rules)))
                .get(0);
        var row = planned.withSource("source-1", null)
                .withTask("task-1", testLedger.clock().instant());
        var event = EventDraft.ofRow(planned, EventKind.STAGE, "PLANNED", "TASK_READY", "created task-1");
        testLedger.ledger().write(testLedger.owner(), List.of(LedgerWrite.of(row, List.of(event))));
        return row;
    }

    /** Runs a process until the task is started, or nothing is left to do. */
    private void runProcess() {
        run(() -> task.state.equals("READY") ? null : StopSignal.Reason.STOPPED);
    }

    private void runProcessUntil(String call) {
        run(() -> sms.calls().contains(call) ? StopSignal.Reason.STOPPED : null);
    }

    private void run(StopSignal stopSignal) {
        var clock = testLedger.clock();
        var backoff = CallFailurePolicy.backoff(Duration.ofSeconds(30), new Random(1));
        var executor =
                new IntentExecutor(testLedger.ledger(), testLedger.owner(), Runnable::run, () -> null, () -> 10, clock);
        var specs = new TaskSpecFactory(
                testLedger.ledger(),
                Map.of(),
                true,
                AutoLaunchCheck.of(new CutoverSettings(CutoverSettings.LaunchMode.MANUAL, null)));
        var tasks = new TaskProvisioner(
                sms, executor, testLedger.ledger(), testLedger.owner(), specs, new CallFailurePolicy(backoff), clock);
        var context = new ReconcileContext(
                testLedger.ledger(),
                testLedger.owner(),
                executor,
                Duration.ofSeconds(30),
                Duration.ofDays(3),
                backoff,
                () -> 10,
                stopSignal,
                clock,
                clock::pass);
        try {
            var plan = dev.smsrunner.cutover.CutoverPlan.fromSettings(Map.of());
            var reconciler = new MigrateReconciler(context, sms, tasks, RowFixtures.policy(), Map.of(), plan);
            new ReconcileLoop(context, reconciler).run();
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private List<String> calls() {
        return testLedger.ledger().intents(testLedger.runId()).stream()
                .filter(intent -> intent.state() != CallState.OPEN)
                .map(intent -> "%s %d %s".formatted(intent.operation(), intent.attempt(), intent.state()))
                .toList();
    }
}
