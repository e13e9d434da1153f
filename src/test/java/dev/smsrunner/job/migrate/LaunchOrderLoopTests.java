package dev.smsrunner.job.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.database.Database;
import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.job.migrate.preflight.AutoLaunchCheck;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.ledger.Actor;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.ControlAction;
import dev.smsrunner.ledger.ControlRequest;
import dev.smsrunner.ledger.Controls;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.reconcile.RowFixtures;
import dev.smsrunner.support.Failures;
import dev.smsrunner.support.FakeSms;
import dev.smsrunner.support.TestDatabases;
import dev.smsrunner.support.TestLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server that depends on a server outside the run: reports of its launch, over failed observations and restarts. */
class LaunchOrderLoopTests {

    @TempDir
    static Path directory;

    private static Database database;

    private final FakeSms sms = new FakeSms();
    private FakeSms.Server server;
    private FakeSms.Task task;
    private FakeSms.Server parent;
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
    void aServerInSync() {
        testLedger = new TestLedger(database);
        parent = sms.server("source-9");
        server = sms.server("source-1");
        task = sms.task("source-1");
        states("SYNCING", "syncing", "syncing");
        drive = new SingleRowLoop(testLedger, sms, RowFixtures.policy());
        drive.replicating(Map.of("server_name", "erp-app-01", "wave_name", "wave-1", "depends_on", "id:source-9"));
        pass();
    }

    @Test
    void violationOutlivesFailedObservation() {
        states("SYNCING", "cutovering", "cutovering");
        pass();
        assertThat(testLedger.row(1).attention()).startsWith("launched before its dependency id:source-9");

        states("MIGRATE_FAIL", "error", "cutovering");
        task.error = "{\"error_code\":\"SMS.6617\"}";
        sms.refuse("ShowTask", Failures.unknown("ShowTask"));
        pass();

        assertThat(testLedger.row(1).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(testLedger.row(1).reason())
                .contains("SMS.6617")
                .contains("; launched before its dependency id:source-9");
    }

    @ParameterizedTest
    @CsvSource({
        "syncing, launched by force by ana: its dependency id:source-9 was not launched as far as SMS showed",
        "cutovered,"
    })
    void forcedLaunchReportsObstacleAtSendTime(String cycleOfTheParent, String reason) {
        ask(ControlAction.PAUSE);
        ask(ControlAction.LAUNCH_FORCED);
        pass();
        assertThat(testLedger
                        .ledger()
                        .activeControls(testLedger.runId())
                        .overridden()
                        .get(1))
                .startsWith("launched by force by ana: ");
        assertThat(sms.changes()).isEmpty();

        parent.cycle = cycleOfTheParent;
        pass();
        ask(ControlAction.RESUME);
        pass();
        assertThat(sms.changes()).containsExactly("UpdateTaskStatus task-1 test");
        states("SYNC_SUCCESS", "finished", "cutovered");
        pass();

        assertThat(testLedger.row(1).outcome()).isEqualTo(Outcome.MIGRATED);
        assertThat(testLedger.row(1).reason()).isEqualTo(reason);
    }

    @Test
    void foreignTaskIsWarnedOnceAfterNewDependency() {
        states("RUNNING", "replicating", "replicating");
        pass();
        pass();
        assertThat(warnings()).hasSize(1).first().asString().contains("That may break depends_on id:source-9.");

        drive = new SingleRowLoop(
                testLedger,
                sms,
                RowFixtures.policy(),
                new AutoLaunchCheck(
                        new CutoverSettings(CutoverSettings.LaunchMode.SYNCED, null),
                        Map.of("wave-1", List.of("wave-0")),
                        null,
                        Duration.ZERO));
        pass();
        pass();

        assertThat(warnings()).hasSize(2).last().asString().contains("waves.wave-1.after wave-0");
    }

    @Test
    void createdTaskIsNotWarned() {
        var row = testLedger.row(1);
        var now = testLedger.clock().instant();
        var intended = Intent.open(1, Operation.CREATE, 1, "source-1", now);
        var created = intended.withAnswer(CallState.DONE, now, 200, null, null, null);
        for (var intent : List.of(intended, created)) {
            testLedger
                    .ledger()
                    .write(
                            testLedger.owner(),
                            List.of(new LedgerWrite(row, List.of(EventDraft.ofCall(row, intent)), intent)));
        }
        states("RUNNING", "replicating", "replicating");

        pass();
        pass();

        assertThat(warnings()).isEmpty();
    }

    private List<String> warnings() {
        return testLedger.events().stream()
                .filter(event -> event.kind() == EventKind.FINDING)
                .map(event -> String.valueOf(event.detail()))
                .toList();
    }

    private void states(String ofTask, String copy, String cycle) {
        task.state = ofTask;
        server.state = copy;
        server.cycle = cycle;
    }

    private void ask(ControlAction action) {
        new Controls(database.source(), testLedger.clock())
                .submit(
                        testLedger.runId(),
                        ControlRequest.of(action, action.isForRow() ? 1 : null, new Actor("ana", "ana")));
    }

    /** Runs a process for two minutes. */
    private void pass() {
        var clock = testLedger.clock();
        var end = clock.instant().plus(Duration.ofMinutes(2));
        drive.run(() -> clock.instant().isBefore(end) ? null : StopSignal.Reason.STOPPED, clock::pass);
    }
}
