package dev.smsrunner.job.migrate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.database.Database;
import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.job.migrate.preflight.SourceFacts;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.reconcile.RowFixtures;
import dev.smsrunner.sms.TargetLayout;
import dev.smsrunner.support.FakeSms;
import dev.smsrunner.support.TestDatabases;
import dev.smsrunner.support.TestLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Target of the task of a row under way, as its source shows it. */
class TargetLoopTests {

    private static final Map<String, String> CELLS = Map.of(
            "server_name", "erp-db-02",
            "target_region", "region-1",
            "target_project_id", "project-1",
            "vm_template_id", "template-1",
            "migration_type", "MIGRATE_FILE");

    @TempDir
    static Path directory;

    private static Database database;

    private final FakeSms sms = new FakeSms();
    private FakeSms.Server server;
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
    void aServer() {
        testLedger = new TestLedger(database);
        server = sms.server("source-1");
        drive = new SingleRowLoop(testLedger, sms, RowFixtures.policy());
    }

    @Test
    void otherTaskOfSourceIsNotCompared() {
        copying(onto(sms.task("source-1"), "region-1")).ofSource = false;
        copying(onto(sms.task("source-1"), "region-9"));
        drive.replicating(CELLS);

        passes(Duration.ofMinutes(5));

        assertThat(testLedger.row(1).stage()).isEqualTo(Stage.REPLICATING);
        assertThat(testLedger.row(1).taskId()).isEqualTo("task-1");
        assertThat(testLedger.row(1).observed().target()).isNull();
    }

    @Test
    void taskOfRowIsCompared() {
        copying(onto(sms.task("source-1"), "region-9"));
        drive.replicating(CELLS);

        passes(Duration.ofMinutes(5));

        assertThat(testLedger.row(1).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(testLedger.row(1).reason()).contains("target_region: row region-1, task region-9");
        assertThat(testLedger.row(1).observed().target().region()).isEqualTo("region-9");
    }

    /** No page of the API excludes this. */
    @Test
    void createdTaskMayShowNewServerAsExisting() {
        var task = created();
        passes(Duration.ofMinutes(2));
        assertThat(sms.changes()).containsExactly("CreateTask source-1", "UpdateTaskStatus task-1 start");

        copying(task).existServer = true;
        task.vmId = "made-by-sms";
        passes(Duration.ofMinutes(5));
        assertThat(testLedger.row(1).stage()).isEqualTo(Stage.REPLICATING);

        task.projectId = "project-9";
        passes(Duration.ofMinutes(5));
        assertThat(testLedger.row(1).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(testLedger.row(1).reason()).endsWith("target_project_id: row project-1, task project-9.");
    }

    @Test
    void idleTaskOfRunIsComparedInFull() {
        var task = created();
        passes(Duration.ofMinutes(2));

        copying(task);
        passes(Duration.ofMinutes(2));
        task.existServer = true;
        task.vmId = "PROD-ECS-0001";
        task.state = "MIGRATE_FAIL";
        passes(Duration.ofMinutes(5));

        assertThat(testLedger.row(1).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(sms.changes()).hasSize(2);
    }

    @Test
    void changedIdleTaskIsRestoredBeforeItsStart() {
        var task = idleAndChanged();

        passes(Duration.ofMinutes(2));

        assertThat(task.template).isEqualTo("template-1");
        assertThat(sms.changes())
                .containsExactly("CreateTask source-1", "UpdateTask task-1", "UpdateTaskStatus task-1 start");
        assertThat(testLedger.row(1).stage().isUnderWay()).isTrue();
    }

    @Test
    void unrestorableIdleTaskIsNotStarted() {
        idleAndChanged().ignoresUpdates = true;

        passes(Duration.ofMinutes(10));

        assertThat(sms.changes()).containsExactly("CreateTask source-1", "UpdateTask task-1");
        assertThat(testLedger.row(1).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(testLedger.row(1).reason()).endsWith("vm_template_id: row template-1, task template-9.");
    }

    /** The run creates the task, and before its start another user changes the template. */
    private FakeSms.Task idleAndChanged() {
        var task = created(Duration.ofSeconds(20));
        assertThat(sms.changes()).containsExactly("CreateTask source-1");
        task.template = "template-9";
        return task;
    }

    @Test
    void endReasonListsAllDifferencesOfForm() {
        var cells = new HashMap<>(CELLS);
        cells.put("vm_template_id", "");
        cells.put("target_server_id", "ecs-1");
        cells.put("migration_ip", "10.0.0.8");
        var task = onto(sms.task("source-1"), "region-1");
        task.existServer = true;
        task.vmId = "ecs-1";
        task.type = "MIGRATE_BLOCK";
        task.migrationIp = "10.99.1.1";
        copying(task);
        drive.replicating(cells);
        passes(Duration.ofMinutes(2));
        assertThat(testLedger.row(1).attention())
                .isEqualTo(
                        "Its task task-1 is used as it is, although it differs from the row: migration_type: row MIGRATE_FILE, task MIGRATE_BLOCK.");

        task.state = "MIGRATE_SUCCESS";
        server.state = "finished";
        server.cycle = "cutovered";
        passes(Duration.ofMinutes(2));

        assertThat(testLedger.row(1).outcome()).isEqualTo(Outcome.MIGRATED);
        assertThat(testLedger.row(1).reason())
                .isEqualTo(
                        "Its task task-1 is used as it is, although it differs from the row: migration_type: row MIGRATE_FILE, task MIGRATE_BLOCK; migration_ip: row 10.0.0.8, task 10.99.1.1.");
    }

    @Test
    void foreignTaskOntoExistingServerIsNotUsed() {
        copying(onto(sms.task("source-1"), "region-1")).existServer = true;
        drive.replicating(CELLS);

        passes(Duration.ofMinutes(5));

        assertThat(testLedger.row(1).outcome()).isEqualTo(Outcome.REJECTED);
    }

    /** The run creates the task of the row and starts it. */
    private FakeSms.Task created() {
        return created(Duration.ofMinutes(2));
    }

    private FakeSms.Task created(Duration time) {
        sms.template("template-1");
        var planned = testLedger.plan(List.of(CELLS)).get(0);
        var disks = new TargetLayout(List.of(FakeSms.disk("Disk 0", 10_737_418_240L)), List.of(), List.of());
        var event = EventDraft.ofRow(planned, EventKind.STAGE, "PLANNED", "PLANNED", "matched");
        testLedger
                .ledger()
                .write(
                        testLedger.owner(),
                        List.of(LedgerWrite.of(planned.withSource("source-1", null), List.of(event))),
                        Map.of(1, new SourceFacts("LINUX", disks).toJson()));
        passes(time);
        return sms.tasks().iterator().next();
    }

    private FakeSms.Task copying(FakeSms.Task task) {
        task.state = "RUNNING";
        server.state = "replicate";
        server.cycle = "replicating";
        return task;
    }

    private static FakeSms.Task onto(FakeSms.Task task, String region) {
        task.regionId = region;
        task.projectId = "project-1";
        task.existServer = false;
        task.template = "template-1";
        return task;
    }

    private void passes(Duration time) {
        var clock = testLedger.clock();
        var end = clock.instant().plus(time);
        drive.run(() -> clock.instant().isBefore(end) ? null : StopSignal.Reason.STOPPED, clock::pass);
    }
}
