package dev.smsrunner.job.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.database.Database;
import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.jobfile.CutoverWindows;
import dev.smsrunner.ledger.Actor;
import dev.smsrunner.ledger.ControlAction;
import dev.smsrunner.ledger.ControlRequest;
import dev.smsrunner.ledger.Controls;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.RowFixtures;
import dev.smsrunner.sms.ConsistencyResult;
import dev.smsrunner.sms.DirectoryComparison;
import dev.smsrunner.support.FakeSms;
import dev.smsrunner.support.TestDatabases;
import dev.smsrunner.support.TestLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A row that waits for the result of its comparison, over restarts, and a retried row after a difference. */
class ConsistencyLoopTests {

    @TempDir
    static Path directory;

    private static Database database;

    private final FakeSms sms = new FakeSms();
    private FakeSms.Server server;
    private FakeSms.Task task;
    private TestLedger testLedger;
    private SingleRowLoop drive;

    @BeforeAll
    static void open() {
        database = TestDatabases.embedded(directory);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void aServerThatIsLaunched() {
        testLedger = new TestLedger(database);
        server = sms.server("source-1");
        task = sms.task("source-1");
        finished();
        drive = new SingleRowLoop(
                testLedger,
                sms,
                new DecisionPolicy(
                        CutoverSettings.LaunchMode.SYNCED,
                        CutoverWindows.NONE,
                        2,
                        RowFixtures.STALLED,
                        null,
                        RowFixtures.GRACE,
                        RowFixtures.SETTLE,
                        CutoverSettings.OnDifference.HOLD,
                        Duration.ofMinutes(5)));
        drive.replicating(Map.of("server_name", "erp-db-02", "verify_consistency", "yes"));
    }

    @Test
    void waitForResultContinuesAfterRestartAndEnds() {
        var begin = testLedger.clock().instant();
        until(begin.plus(Duration.ofMinutes(4)));
        assertThat(testLedger.row(1).isOpen()).isTrue();
        assertThat(testLedger.row(1).consistency().text()).isEqualTo("pending");

        until(begin.plus(Duration.ofHours(1)));

        assertThat(testLedger.row(1).outcome()).isEqualTo(Outcome.MIGRATED);
        assertThat(testLedger.row(1).consistency().text()).isEqualTo("not checked");
        assertThat(testLedger.row(1).milestones().finishedAt())
                .isBetween(begin.plus(Duration.ofMinutes(5)), begin.plus(Duration.ofMinutes(6)));
        assertThat(sms.calls()).noneMatch(call -> call.startsWith("ShowConsistencyResult"));
    }

    @Test
    void resultDuringWaitCounts() {
        until(testLedger.clock().instant().plus(Duration.ofMinutes(2)));
        compared(0);

        until(testLedger.clock().instant().plus(Duration.ofHours(1)));

        assertThat(testLedger.row(1).outcome()).isEqualTo(Outcome.MIGRATED);
        assertThat(testLedger.row(1).consistency().text()).isEqualTo("same");
        assertThat(testLedger.row(1).attention()).isNull();
    }

    @Test
    void retryAfterDifferenceComparesAgain() {
        compared(2);
        until(testLedger.clock().instant().plus(Duration.ofHours(1)));
        assertThat(testLedger.row(1).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(testLedger.row(1).failure().text()).contains("2 files are not the same", "/var: 2 different");
        retry();
        until(testLedger.clock().instant().plus(Duration.ofHours(1)));
        assertThat(testLedger.row(1).outcome()).isEqualTo(Outcome.FAILED);

        compared(0);
        retry();
        until(testLedger.clock().instant().plus(Duration.ofHours(1)));

        assertThat(testLedger.row(1).outcome()).isEqualTo(Outcome.MIGRATED);
        assertThat(testLedger.row(1).consistency().text()).isEqualTo("same");
        assertThat(sms.changes()).isEmpty();
    }

    @Test
    void blockedServerIsLaunchedAfterEqualComparison() {
        task.state = "SYNCING";
        server.state = "syncing";
        server.cycle = "syncing";
        compared(2);
        until(testLedger.clock().instant().plus(Duration.ofMinutes(20)));
        assertThat(testLedger.row(1).stage()).isEqualTo(Stage.SYNCING);
        assertThat(testLedger.row(1).attention()).startsWith("not launched, consistency check: 2 files");
        assertThat(sms.changes()).isEmpty();
        assertThat(sms.calls().stream().filter(call -> call.startsWith("ShowConsistencyResult")))
                .hasSizeBetween(4, 5);

        compared(0);
        until(testLedger.clock().instant().plus(Duration.ofMinutes(6)));
        assertThat(sms.changes()).containsExactly("UpdateTaskStatus task-1 test");
        finished();
        until(testLedger.clock().instant().plus(Duration.ofHours(1)));

        assertThat(testLedger.row(1).outcome()).isEqualTo(Outcome.MIGRATED);
        assertThat(testLedger.row(1).consistency().text()).isEqualTo("same");
    }

    @Test
    void blockedServerIsLaunchedByForce() {
        task.state = "SYNCING";
        server.state = "syncing";
        server.cycle = "syncing";
        compared(2);
        until(testLedger.clock().instant().plus(Duration.ofMinutes(2)));
        var controls = new Controls(database.source(), testLedger.clock());

        long requested = controls.submit(
                testLedger.runId(), ControlRequest.of(ControlAction.LAUNCH, 1, new Actor("ana", "ana")));
        until(testLedger.clock().instant().plus(Duration.ofMinutes(2)));
        assertThat(controls.find(requested).orElseThrow().answer())
                .contains("differs from its source", "2 files are not the same", "--force");
        assertThat(sms.changes()).isEmpty();

        controls.submit(testLedger.runId(), ControlRequest.of(ControlAction.LAUNCH_FORCED, 1, new Actor("ana", "ana")));
        until(testLedger.clock().instant().plus(Duration.ofMinutes(2)));
        assertThat(sms.changes()).containsExactly("UpdateTaskStatus task-1 test");
        finished();
        until(testLedger.clock().instant().plus(Duration.ofHours(1)));

        assertThat(testLedger.row(1).outcome()).isEqualTo(Outcome.MIGRATED);
        assertThat(testLedger.row(1).attention()).startsWith("consistency check: 2 files");
        assertThat(testLedger.row(1).reason()).startsWith("launched by force by ana: consistency check: 2 files");
    }

    @ParameterizedTest
    @EnumSource(names = {"RETRY", "RETRY_ALL"})
    void retryClearsForcedLaunch(ControlAction again) {
        inSync();
        compared(2);
        until(testLedger.clock().instant().plus(Duration.ofMinutes(2)));
        var controls = new Controls(database.source(), testLedger.clock());
        controls.submit(testLedger.runId(), ControlRequest.of(ControlAction.LAUNCH_FORCED, 1, new Actor("ana", "ana")));
        until(testLedger.clock().instant().plus(Duration.ofMinutes(2)));
        assertThat(sms.changes()).containsExactly("UpdateTaskStatus task-1 test");
        assertThat(testLedger.ledger().activeControls(testLedger.runId()).forced())
                .containsExactly(1);
        task.state = "MIGRATE_FAIL";
        task.error = "{\"error_code\":\"SMS.6617\"}";
        until(testLedger.clock().instant().plus(Duration.ofHours(1)));
        assertThat(testLedger.row(1).outcome()).isEqualTo(Outcome.FAILED);

        inSync();
        controls.submit(
                testLedger.runId(), ControlRequest.of(again, again.isForRow() ? 1 : null, new Actor("ana", "ana")));
        until(testLedger.clock().instant().plus(Duration.ofMinutes(10)));

        assertThat(sms.changes()).containsExactly("UpdateTaskStatus task-1 test");
        assertThat(testLedger.row(1).attention()).startsWith("not launched, consistency check: 2 files");
        assertThat(testLedger.ledger().activeControls(testLedger.runId()).released())
                .isEmpty();
        assertThat(testLedger.ledger().activeControls(testLedger.runId()).overridden())
                .isEmpty();
        controls.submit(testLedger.runId(), ControlRequest.of(ControlAction.LAUNCH_FORCED, 1, new Actor("ana", "ana")));
        until(testLedger.clock().instant().plus(Duration.ofMinutes(2)));
        assertThat(sms.changes()).hasSize(2);
    }

    private void inSync() {
        task.state = "SYNCING";
        server.state = "syncing";
        server.cycle = "syncing";
    }

    private void finished() {
        task.state = "SYNC_SUCCESS";
        server.state = "finished";
        server.cycle = "cutovered";
    }

    private void compared(long different) {
        server.compared = true;
        task.comparison =
                new ConsistencyResult(1L, List.of(new DirectoryComparison("/var", 9L, different, 0L, 0L)), null);
    }

    private void retry() {
        new Controls(database.source(), testLedger.clock())
                .submit(testLedger.runId(), ControlRequest.of(ControlAction.RETRY, 1, new Actor("ana", "ana")));
    }

    private void until(Instant end) {
        var clock = testLedger.clock();
        drive.run(() -> clock.instant().isBefore(end) ? null : StopSignal.Reason.STOPPED, clock::pass);
    }
}
