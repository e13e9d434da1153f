package dev.smsrunner.intent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.OwnershipLostException;
import dev.smsrunner.support.Failures;
import dev.smsrunner.support.TestDatabases;
import dev.smsrunner.support.TestLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Intent before effect, on a real embedded database. */
class IntentExecutorTests {

    private static dev.smsrunner.database.@Nullable Database database;
    private static final ExecutorService CALLS = Executors.newFixedThreadPool(8);

    private final AtomicInteger sent = new AtomicInteger();
    private StopSignal.@Nullable Reason halted;
    private TestLedger testLedger;

    @BeforeAll
    static void open(@TempDir Path data) {
        database = TestDatabases.embedded(data);
    }

    @AfterAll
    static void close() {
        CALLS.shutdownNow();
        database.close();
    }

    @BeforeEach
    void begin() {
        testLedger = new TestLedger(database);
    }

    @Test
    void intentIsCommittedBeforeTheCall() {
        var row = testLedger.plan(1).get(0);
        var committed = new ArrayList<Object>();

        executor(10).perform(List.of(call(row, deadline -> {
            committed.addAll(testLedger.query(
                    "select state, target, token from intent where run_id = '" + testLedger.runId() + "'"));
            committed.addAll(
                    testLedger.query("select call_state from migration where run_id = '" + testLedger.runId() + "'"));
            return "task-1";
        })));

        assertThat(committed).hasToString("[{state=OPEN, target=source-1, token=1}, {call_state=OPEN}]");
    }

    @Test
    void resultIsRecordedWithItsState() {
        var rows = testLedger.plan(7);

        var after = executor(10)
                .perform(List.of(
                        call(rows.get(0), deadline -> "task-1"),
                        call(rows.get(1), failing(Failures.refused("CreateTask", "SMS.6602"))),
                        call(rows.get(2), failing(Failures.unknown("CreateTask"))),
                        call(rows.get(3), failing(Failures.notSent("CreateTask"))),
                        call(rows.get(4), failing(Failures.throttled("CreateTask"))),
                        call(rows.get(5), deadline -> {
                            throw new CallWithheldException("the run was stopped");
                        }),
                        call(rows.get(6), deadline -> {
                            throw new IllegalStateException("oh");
                        })));

        assertThat(after).hasSize(7);
        assertThat(intents())
                .extracting(Intent::state)
                .containsExactly(
                        CallState.DONE,
                        CallState.REFUSED,
                        CallState.UNKNOWN,
                        CallState.NOT_SENT,
                        CallState.NOT_SENT,
                        CallState.NOT_SENT,
                        CallState.UNKNOWN);
        assertThat(intents()).extracting(Intent::httpStatus).containsExactly(200, 400, 0, 0, 429, 0, 0);
        assertThat(intents().get(1).errorCode()).isEqualTo("SMS.6602");
        assertThat(intents().get(1).requestId()).isEqualTo("request-1");
        assertThat(intents().get(5).detail()).isEqualTo("the run was stopped");
        assertThat(intents())
                .allSatisfy(intent -> assertThat(intent.answeredAt()).isNotNull());
        assertThat(testLedger.ledger().findAll(testLedger.runId()))
                .extracting(row -> row.call().state())
                .isEqualTo(intents().stream().map(Intent::state).toList());
    }

    @Test
    void effectIsWrittenWithTheResult() {
        var row = testLedger.plan(1).get(0);

        var after = executor(10).perform(List.of(call(row, deadline -> "task-9")));

        assertThat(after).singleElement().isEqualTo(testLedger.row(1));
        assertThat(testLedger.row(1).taskId()).isEqualTo("task-9");
        assertThat(testLedger.events())
                .extracting(event -> event.number() + " " + event.kind() + " " + event.before() + " " + event.after())
                .containsExactly("3 CALL CREATE OPEN", "4 CALL CREATE DONE", "5 STAGE PLANNED TASK_READY");
    }

    @Test
    void nextAttemptHasTheNextNumber() {
        var row = testLedger.plan(1).get(0);
        var refused = executor(10)
                .perform(List.of(call(row, failing(Failures.refused("CreateTask", "SMS.6301")))))
                .get(0);

        executor(10).perform(List.of(call(refused, deadline -> "task-1")));

        assertThat(intents()).extracting(Intent::attempt).containsExactly(1, 2);
        assertThat(intents()).extracting(Intent::state).containsExactly(CallState.REFUSED, CallState.DONE);
    }

    @Test
    void stopLeavesRemainingCallsUnsent() {
        var rows = testLedger.plan(20);
        var changes = rows.stream()
                .map(row -> call(row, deadline -> {
                    if (sent.incrementAndGet() == 3) {
                        halted = StopSignal.Reason.STOPPED;
                    }
                    return "task-" + row.row();
                }))
                .toList();

        var after = executor(2).perform(changes);

        assertThat(sent.get()).isBetween(3, 6);
        assertThat(after).hasSize(sent.get());
        assertThat(intents())
                .hasSize(sent.get())
                .allSatisfy(intent -> assertThat(intent.state()).isEqualTo(CallState.DONE));
        assertThat(testLedger.row(20).call()).isNull();
    }

    @Test
    void expiredDecisionIsDropped() {
        var rows = testLedger.plan(9);
        var changes = new ArrayList<MutatingCall>();
        for (var row : rows) {
            changes.add(call(row, deadline -> {
                testLedger.clock().pass(Duration.ofSeconds(40)); // as if the process were frozen
                return "task-" + row.row();
            }));
        }

        var after = executor(2).perform(changes);

        assertThat(after).hasSizeBetween(1, 4);
        assertThat(intents()).hasSameSizeAs(after);
    }

    @Test
    void queuedCallExpiresAfterOneMinute() {
        var row = testLedger.plan(1).get(0);
        var tooLate = new ArrayList<Boolean>();

        executor(10).perform(List.of(call(row, deadline -> {
            for (int i = 0; i < 3; i++) {
                tooLate.add(!testLedger.clock().instant().isBefore(deadline));
                testLedger.clock().pass(Duration.ofSeconds(30));
            }
            return "task-1";
        })));

        assertThat(tooLate).containsExactly(false, false, true);
    }

    @Test
    void lowCallRateExtendsTheDeadline() {
        var row = testLedger.plan(1).get(0);
        var tooLate = new ArrayList<Boolean>();

        executor(1.0 / 60).perform(List.of(call(row, deadline -> {
            testLedger.clock().pass(Duration.ofSeconds(90));
            tooLate.add(!testLedger.clock().instant().isBefore(deadline));
            return "task-1";
        })));

        assertThat(tooLate).containsExactly(false);
    }

    @Test
    void stopBeforeTheStartWritesNothing() {
        var row = testLedger.plan(1).get(0);
        long writes = testLedger.writes();
        halted = StopSignal.Reason.STOPPED;

        assertThat(executor(10).perform(List.of(call(row, deadline -> "task-1"))))
                .isEmpty();
        assertThat(testLedger.writes()).isEqualTo(writes);
    }

    @Test
    void refusedCredentialsKeepEarlierResults() {
        var rows = testLedger.plan(12);
        var changes = new ArrayList<MutatingCall>();
        for (var row : rows) {
            changes.add(call(row, deadline -> {
                if (sent.incrementAndGet() == 3) {
                    throw Failures.denied("CreateTask");
                }
                return "task-" + row.row();
            }));
        }

        assertThatThrownBy(() -> executor(2).perform(changes))
                .isInstanceOf(ApiException.class)
                .hasMessageContaining("CreateTask was denied");

        assertThat(sent.get()).isLessThan(12);
        assertThat(intents()).hasSize(sent.get());
        assertThat(intents())
                .filteredOn(intent -> intent.state() == CallState.NOT_SENT)
                .hasSize(1);
        assertThat(intents())
                .filteredOn(intent -> intent.state() == CallState.DONE)
                .hasSize(sent.get() - 1);
        assertThat(testLedger.ledger().findOpen(testLedger.runId()))
                .filteredOn(row -> row.taskId() != null)
                .hasSize(sent.get() - 1);
    }

    @Test
    void interruptLosesNoResult() throws InterruptedException {
        var rows = testLedger.plan(2);
        var underWay = new CountDownLatch(2);
        var goOn = new CountDownLatch(1);
        var changes = rows.stream()
                .map(row -> call(row, deadline -> {
                    underWay.countDown();
                    await(goOn);
                    return "task-" + row.row();
                }))
                .toList();
        var interrupted = new boolean[1];
        var worker = new Thread(() -> {
            executor(10).perform(changes);
            interrupted[0] = Thread.currentThread().isInterrupted();
        });

        worker.start();
        assertThat(underWay.await(30, TimeUnit.SECONDS)).isTrue();
        worker.interrupt();
        goOn.countDown();
        worker.join(30_000);

        assertThat(interrupted[0]).as("the interrupt is kept").isTrue();
        assertThat(intents())
                .hasSize(2)
                .allSatisfy(intent -> assertThat(intent.state()).isEqualTo(CallState.DONE));
    }

    @Test
    void twoHundredCallsTakeFewTransactions() {
        var rows = testLedger.plan(200);
        long before = testLedger.writes();

        executor(1_000)
                .perform(rows.stream()
                        .map(row -> call(row, deadline -> "t" + row.row()))
                        .toList());

        assertThat(intents())
                .hasSize(200)
                .allSatisfy(intent -> assertThat(intent.state()).isEqualTo(CallState.DONE));
        assertThat(testLedger.writes() - before).isLessThanOrEqualTo(120);
    }

    @Test
    void intentsCoverAboutOneSecondOfCalls() {
        var rows = testLedger.plan(30);
        var open = new ArrayList<Long>();
        var changes = rows.stream()
                .map(row -> call(row, deadline -> {
                    open.add((Long) testLedger
                            .query("select count(*) as n from intent where state = 'OPEN' and run_id = '"
                                    + testLedger.runId() + "'")
                            .get(0)
                            .get("n"));
                    return "t" + row.row();
                }))
                .toList();

        new IntentExecutor(
                        testLedger.ledger(),
                        testLedger.owner(),
                        Runnable::run,
                        () -> halted,
                        () -> 5,
                        testLedger.clock())
                .perform(changes);

        assertThat(open).hasSize(30).allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(5));
    }

    @Test
    void lostOwnershipSendsNothing() {
        var row = testLedger.plan(1).get(0);
        testLedger.takeOverByAnotherProcess();

        assertThatThrownBy(() -> executor(10).perform(List.of(call(row, deadline -> "task-" + sent.incrementAndGet()))))
                .isInstanceOf(OwnershipLostException.class);
        assertThat(sent).hasValue(0);
        assertThat(intents()).isEmpty();
    }

    private IntentExecutor executor(double callsPerSecond) {
        return new IntentExecutor(
                testLedger.ledger(), testLedger.owner(), CALLS, () -> halted, () -> callsPerSecond, testLedger.clock());
    }

    private MutatingCall call(LedgerRow row, MutatingCall.RemoteCall remote) {
        return new MutatingCall(row, Operation.CREATE, "source-" + row.row(), remote, this::then);
    }

    private MutatingCall.RowEffect then(LedgerRow row, CallResult answer) {
        return answer.state() == CallState.DONE
                ? new MutatingCall.RowEffect(
                        row.withTask(
                                String.valueOf(answer.result()),
                                testLedger.clock().instant()),
                        List.of(EventDraft.ofRow(row, EventKind.STAGE, "PLANNED", "TASK_READY", null)))
                : new MutatingCall.RowEffect(row, List.of());
    }

    private List<Intent> intents() {
        return testLedger.ledger().intents(testLedger.runId());
    }

    private static MutatingCall.RemoteCall failing(ApiException failure) {
        return deadline -> {
            throw failure;
        };
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }
}
