package dev.smsrunner.job.migrate.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.database.Database;
import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.IntentExecutor;
import dev.smsrunner.job.migrate.preflight.AutoLaunchCheck;
import dev.smsrunner.job.migrate.preflight.SourceFacts;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Intent;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.support.Failures;
import dev.smsrunner.support.FakeSms;
import dev.smsrunner.support.TestDatabases;
import dev.smsrunner.support.TestLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One task per row, whatever answers get lost: with a service in memory and a real ledger. */
class TaskProvisionerTests {

    private static Database database;

    private final FakeSms sms = new FakeSms();
    private TestLedger ledger;
    private TaskProvisioner stage;

    @BeforeAll
    static void open(@TempDir Path data) {
        database = TestDatabases.embedded(data);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void oneServer() {
        ledger = new TestLedger(database);
        stage = oneMoreProcess();
        stage.markSourcesFresh();
        sms.server("source-1");
    }

    private TaskProvisioner oneMoreProcess() {
        var refusals = new CallFailurePolicy(CallFailurePolicy.backoff(Duration.ofSeconds(30), new Random(1)));
        var actor = new IntentExecutor(
                ledger.ledger(), ledger.owner(), Runnable::run, () -> null, () -> 10, ledger.clock());
        var specs = new TaskSpecFactory(
                ledger.ledger(),
                Map.of(),
                true,
                AutoLaunchCheck.of(new CutoverSettings(CutoverSettings.LaunchMode.MANUAL, null)));
        return new TaskProvisioner(sms, actor, ledger.ledger(), ledger.owner(), specs, refusals, ledger.clock());
    }

    @Test
    void createsTheTaskOfARow() {
        prepare(planned(null));

        assertThat(ledger.row(1).stage()).isEqualTo(Stage.TASK_READY);
        assertThat(ledger.row(1).taskId()).isEqualTo("task-1");
        assertThat(sms.calls()).containsExactly("CreateTask source-1");
        assertThat(sms.tasks())
                .singleElement()
                .satisfies(task -> assertThat(task.name).isEqualTo(TaskName.of("erp-db-02", "source-1")));
        assertThat(states()).containsExactly("CREATE 1 DONE");
    }

    @Test
    void createWithLostAnswerIsAdopted() {
        sms.loseAnswer("CreateTask");
        prepare(planned(null));
        assertThat(ledger.row(1).stage()).isEqualTo(Stage.PLANNED);
        assertThat(states()).containsExactly("CREATE 1 UNKNOWN");

        prepare(ledger.row(1));

        assertThat(ledger.row(1).taskId()).isEqualTo("task-1");
        assertThat(ledger.row(1).stage()).isEqualTo(Stage.TASK_READY);
        assertThat(states()).containsExactly("CREATE 1 SEEN");
        assertThat(sms.changes()).containsExactly("CreateTask source-1");
    }

    @Test
    void incompleteListDoesNotProveThatCreateFailed() {
        sms.loseAnswer("CreateTask");
        prepare(planned(null));
        sms.hiddenTasks = 1;
        sms.tasks().forEach(task -> task.ofSource = false);

        for (int lookup = 1; lookup <= 19; lookup++) {
            ledger.clock().pass(Duration.ofSeconds(20));
            prepare(ledger.row(1));
            assertThat(ledger.row(1).stage()).isEqualTo(Stage.PLANNED);
        }
        assertThat(states()).containsExactly("CREATE 1 UNKNOWN");
        ledger.clock().pass(Duration.ofSeconds(20));
        prepare(ledger.row(1));

        assertThat(ledger.row(1).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(ledger.row(1).reason()).contains("SMS listed only 0 of 1 tasks of the source source-1");
        assertThat(sms.changes()).containsExactly("CreateTask source-1");
    }

    @Test
    void resultsOfFinishedChunksSurviveAKill() {
        var rows = IntStream.range(0, 20).mapToObj(number -> planned(null)).toList();
        rows.forEach(row -> {
            sms.server("source-" + row.row());
            sms.loseAnswer("CreateTask");
        });
        stage.prepare(rows);
        var lost = ledger.ledger().findOpen(ledger.runId());
        for (int number = 1; number <= 12; number++) {
            sms.pass("ListTasks");
        }
        sms.refuse("ListTasks", Failures.denied("ListTasks"));

        assertThatThrownBy(() -> stage.prepare(lost)).isInstanceOf(ApiException.class);

        assertThat(ledger.ledger().findOpen(ledger.runId()))
                .filteredOn(row -> row.stage() == Stage.TASK_READY)
                .hasSizeBetween(8, 12);
    }

    @Test
    void rowsWithManyQueriesDoNotDelayOthers() {
        sms.refuse("CreateTask", Failures.unknown("CreateTask"));
        prepare(planned(null));
        sms.server("source-2");

        stage.prepare(List.of(ledger.row(1), planned(null)));

        assertThat(sms.calls())
                .containsExactly(
                        "CreateTask source-1",
                        "CreateTask source-2",
                        "ListTasks source-1",
                        "ShowServer source-1",
                        "CreateTask source-1");
    }

    @Test
    void createIsRepeatedWhenLostCreateIsAbsent() {
        sms.refuse("CreateTask", Failures.unknown("CreateTask"));
        prepare(planned(null));

        prepare(ledger.row(1));

        assertThat(ledger.row(1).taskId()).isEqualTo("task-1");
        assertThat(states()).containsExactly("CREATE 1 ABSENT", "CREATE 2 DONE");
        assertThat(sms.calls())
                .containsExactly(
                        "CreateTask source-1", "ListTasks source-1", "ShowServer source-1", "CreateTask source-1");
    }

    @Test
    void taskMissingInListIsFoundThroughSource() {
        sms.loseAnswer("CreateTask");
        prepare(planned(null));
        sms.tasks().iterator().next().listed = false;

        prepare(ledger.row(1));

        assertThat(states()).containsExactly("CREATE 1 SEEN");
        assertThat(ledger.row(1).taskId()).isEqualTo("task-1");
        assertThat(sms.changes()).containsExactly("CreateTask source-1");
    }

    @Test
    void createFoundAfterGraceIsRecordedAsExecuted() {
        sms.loseAnswer("CreateTask");
        prepare(planned(null));
        var task = sms.tasks().iterator().next();
        task.listed = false;
        task.ofSource = false;
        prepare(ledger.row(1));
        assertThat(states()).containsExactly("CREATE 1 ABSENT", "CREATE 2 REFUSED");

        task.ofSource = true;
        prepare(ledger.row(1));

        assertThat(states()).containsExactly("CREATE 1 SEEN", "CREATE 2 REFUSED");
        assertThat(ledger.row(1).taskId()).isEqualTo("task-1");
        assertThat(ledger.row(1).stage()).isEqualTo(Stage.TASK_READY);
    }

    @Test
    void duplicateAnswerStartsASearchForTheTask() {
        sms.task("source-1").state = "READY";
        prepare(planned(null));
        assertThat(ledger.row(1).reason()).contains("searching for it");
        assertThat(ledger.row(1).nextAt()).isEqualTo(ledger.clock().instant().plusSeconds(15));

        prepare(ledger.row(1));

        assertThat(ledger.row(1).taskId()).isEqualTo("task-1");
        assertThat(ledger.row(1).stage()).isEqualTo(Stage.TASK_READY);
        assertThat(sms.tasks()).hasSize(1);
    }

    @Test
    void duplicateThatNeverAppearsClosesTheRow() {
        for (int i = 0; i < 9; i++) {
            sms.refuse("CreateTask", Failures.refused("CreateTask", "SMS.7605"));
        }
        prepare(planned(null));
        for (int i = 0; i < 7; i++) {
            prepare(ledger.row(1));
        }
        assertThat(ledger.row(1).isOpen()).isTrue();

        prepare(ledger.row(1));

        assertThat(ledger.row(1).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(ledger.row(1).failure().code()).isEqualTo("SMS.7605");
    }

    @Test
    void endedTaskIsNotAdopted() {
        sms.task("source-1").state = "MIGRATE_SUCCESS";
        prepare(planned(null));

        prepare(ledger.row(1));

        assertThat(ledger.row(1).taskId()).isNull();
        assertThat(ledger.row(1).stage()).isEqualTo(Stage.PLANNED);
    }

    @Test
    void taskBeingDeletedIsNotAdopted() {
        sms.task("source-1").state = "DELETING";
        prepare(planned(null));

        prepare(ledger.row(1));

        assertThat(ledger.row(1).taskId()).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"READY", "RUNNING"})
    void selfLaunchingTaskIsNotAdoptedLater(String state) {
        var task = sms.task("source-1");
        task.state = state;
        task.syncing = false;
        var row = planned(null);

        stage.adopt(List.of(row), Map.of(1, task.id));

        assertThat(sms.changes()).isEmpty();
        assertThat(ledger.row(1).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(ledger.row(1).reason()).contains("task-1", "syncing=false", "Delete that task");
    }

    @Test
    void rowKnowsAdoptedTaskDespiteRefusedUpdate() {
        var task = sms.task("source-1");
        task.state = "READY";
        sms.refuse("UpdateTask", Failures.refused("UpdateTask", "SMS.6301"));

        stage.adopt(List.of(planned(null)), Map.of(1, task.id));

        assertThat(states()).containsExactly("UPDATE 1 REFUSED");
        assertThat(ledger.row(1).stage()).isEqualTo(Stage.PLANNED);
        assertThat(ledger.row(1).taskId()).isEqualTo(task.id);
        assertThat(ledger.row(1).nextAt()).isAfter(ledger.clock().instant());
    }

    @Test
    void selfLaunchingTaskDoesNotCountAsLostCreate() {
        sms.refuse("CreateTask", Failures.unknown("CreateTask"));
        prepare(planned(null));
        sms.task("source-1").syncing = false;

        prepare(ledger.row(1));

        assertThat(ledger.row(1).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(states()).containsExactly("CREATE 1 ABSENT");
    }

    @Test
    void taskBeingDeletedIsAwaited() {
        sms.task("source-1").state = "DELETING";

        prepare(planned("task-1"));

        assertThat(ledger.row(1).stage()).isEqualTo(Stage.PLANNED);
        assertThat(ledger.row(1).reason()).contains("being deleted");
    }

    @Test
    void oldPreflightIsRefreshedBeforeCreate() {
        var row = planned(null);
        sms.task("source-1").state = "RUNNING";
        ledger.clock().pass(Duration.ofSeconds(61));

        prepare(row);

        assertThat(sms.changes()).isEmpty();
        assertThat(ledger.row(1).taskId()).isEqualTo("task-1");
        assertThat(ledger.row(1).stage()).isEqualTo(Stage.TASK_READY);
    }

    @Test
    void sourceLaunchedSincePreflightGetsNoTask() {
        var row = planned(null);
        sms.server("source-1").state = "finished";
        ledger.clock().pass(Duration.ofSeconds(61));

        prepare(row);

        assertThat(sms.changes()).isEmpty();
        assertThat(ledger.row(1).reason()).contains("changed since preflight");
    }

    @Test
    void idleTaskIsUpdatedToTheRow() {
        var task = sms.task("source-1");

        prepare(planned(task.id));

        assertThat(sms.changes()).containsExactly("UpdateTask task-1");
        assertThat(task.updates).singleElement().satisfies(update -> {
            assertThat(update.regionId()).isEqualTo("ap-southeast-3");
            assertThat(update.vmTemplateId()).isEqualTo(DesiredTaskFixtures.TEMPLATE);
            assertThat(update.name()).isNull();
            assertThat(update.existServer()).isFalse();
        });
        assertThat(ledger.row(1).stage()).isEqualTo(Stage.TASK_READY);
        assertThat(states()).containsExactly("UPDATE 1 DONE");
    }

    @Test
    void idleTaskOntoOtherServerIsUpdatedAndReadBack() {
        var task = ontoProduction();

        prepare(planned(task.id));

        assertThat(sms.calls())
                .containsExactly(
                        "ShowTask task-1",
                        "ShowServer source-1",
                        "UpdateTask task-1",
                        "ShowTask task-1",
                        "ShowServer source-1");
        assertThat(task.existServer).isFalse();
        assertThat(task.vmId).isNull();
        assertThat(task.template).isEqualTo(DesiredTaskFixtures.TEMPLATE);
        assertThat(ledger.row(1).stage()).isEqualTo(Stage.TASK_READY);
        assertThat(ledger.events())
                .last()
                .satisfies(event ->
                        assertThat(event.detail()).isEqualTo("updated the existing task of the source: task-1"));
    }

    @Test
    void updateWithoutEffectRejectsTheRowWithDifferences() {
        var task = ontoProduction();
        task.ignoresUpdates = true;

        prepare(planned(task.id));
        assertThat(ledger.row(1).stage()).isEqualTo(Stage.PLANNED);
        assertThat(ledger.row(1).reason()).startsWith("the update of its task is not visible yet");
        ledger.clock().pass(Duration.ofSeconds(15));
        prepare(ledger.row(1));

        assertThat(sms.changes()).containsExactly("UpdateTask task-1");
        assertThat(ledger.row(1).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(ledger.row(1).reason())
                .contains(
                        "exist_server: row false, task true",
                        "target_server_id: row none (new server), task PROD-ECS-0001",
                        "target_project_id: row 0a1b2c3d4e5f60718293a4b5c6d7e8f9, task prod");
    }

    @Test
    void updatedTaskIsReadBackByTheNextProcess() {
        var task = ontoProduction();
        sms.pass("ShowTask");
        sms.refuse("ShowTask", Failures.unknown("ShowTask"));
        prepare(planned(task.id));
        assertThat(ledger.row(1).stage()).isEqualTo(Stage.PLANNED);
        assertThat(states()).containsExactly("UPDATE 1 DONE");

        oneMoreProcess().prepare(List.of(ledger.row(1)));

        assertThat(ledger.row(1).stage()).isEqualTo(Stage.TASK_READY);
        assertThat(sms.changes()).containsExactly("UpdateTask task-1");
    }

    @Test
    void failedReadBackAfterARestartRejectsTheRow() {
        var task = ontoProduction();
        task.ignoresUpdates = true;
        sms.pass("ShowTask");
        sms.refuse("ShowTask", Failures.unknown("ShowTask"));
        prepare(planned(task.id));
        ledger.clock().pass(Duration.ofMinutes(1));

        oneMoreProcess().prepare(List.of(ledger.row(1)));

        assertThat(ledger.row(1).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(sms.changes()).containsExactly("UpdateTask task-1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RUNNING", "SYNCING", "ABORTING", "MIGRATE_SUCCESS"})
    void taskUnderWayOntoOtherTargetIsNotAdopted(String state) {
        ontoProduction().state = state;

        prepare(planned("task-1"));

        assertThat(sms.changes()).isEmpty();
        assertThat(ledger.row(1).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(ledger.row(1).reason()).contains("target_server_id: row none (new server), task PROD-ECS-0001");
    }

    @Test
    void taskUnderWayDifferingInFormIsAdoptedWithWarning() {
        prepare(planned(null));
        var task = sms.tasks().iterator().next();
        task.state = "SYNCING";
        task.template = "another-template";

        prepare(planned("task-1"));

        assertThat(sms.changes()).containsExactly("CreateTask source-1");
        assertThat(ledger.row(2).stage()).isEqualTo(Stage.TASK_READY);
        assertThat(ledger.events())
                .last()
                .satisfies(event -> assertThat(event.detail())
                        .contains("vm_template_id: row " + DesiredTaskFixtures.TEMPLATE + ", task another-template"));
    }

    @Test
    void taskNeverShownBySourceRejectsTheRow() {
        var task = sms.task("source-1");
        task.ofSource = false;
        prepare(planned(task.id));
        assertThat(ledger.row(1).reason()).contains("does not show the task task-1 yet");

        for (int looks = 2; looks <= 20; looks++) {
            prepare(ledger.row(1));
        }

        assertThat(ledger.row(1).outcome()).isEqualTo(Outcome.REJECTED);
        assertThat(sms.changes()).isEmpty();
    }

    private FakeSms.Task ontoProduction() {
        var task = sms.task("source-1");
        task.existServer = true;
        task.vmId = "PROD-ECS-0001";
        task.regionId = "ap-southeast-3";
        task.projectId = "prod";
        task.type = "MIGRATE_FILE";
        return task;
    }

    @Test
    void matchingIdleTaskIsAdoptedUnchanged() {
        prepare(planned(null));

        prepare(planned("task-1"));

        assertThat(sms.changes()).containsExactly("CreateTask source-1");
        assertThat(ledger.row(2).stage()).isEqualTo(Stage.TASK_READY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"RUNNING", "SYNCING", "ABORTING", "MIGRATE_SUCCESS"})
    void workingTaskIsNotChanged(String state) {
        sms.task("source-1").state = state;

        prepare(planned("task-1"));

        assertThat(sms.changes()).isEmpty();
        assertThat(ledger.row(1).stage()).isEqualTo(Stage.TASK_READY);
        assertThat(ledger.events())
                .last()
                .satisfies(event ->
                        assertThat(event.detail()).isEqualTo("adopted the existing task of the source: task-1"));
    }

    @Test
    void taskInUnknownStateIsCheckedLater() {
        sms.task("source-1").state = "CUTOVER_READY";

        prepare(planned("task-1"));

        assertThat(sms.changes()).isEmpty();
        assertThat(ledger.row(1).stage()).isEqualTo(Stage.PLANNED);
        assertThat(ledger.row(1).reason()).isEqualTo("unknown task state CUTOVER_READY");
        assertThat(ledger.row(1).nextAt()).isEqualTo(ledger.clock().instant().plusSeconds(15));
    }

    @Test
    void missingTaskIsReplaced() {
        prepare(planned("task-99"));

        assertThat(sms.calls()).containsExactly("ShowTask task-99", "CreateTask source-1");
        assertThat(ledger.row(1).taskId()).isEqualTo("task-1");
    }

    @Test
    void unreadableTaskIsNotReplaced() {
        sms.task("source-1");
        sms.refuse("ShowTask", Failures.unknown("ShowTask"));

        prepare(planned("task-1"));

        assertThat(sms.changes()).isEmpty();
        assertThat(ledger.row(1).stage()).isEqualTo(Stage.PLANNED);
        assertThat(ledger.row(1).nextAt()).isNotNull();
    }

    @Test
    void unreadableRowDoesNotDelayOthers() {
        sms.server("source-2");
        sms.task("source-1");
        sms.refuse("ShowTask", Failures.unknown("ShowTask"));
        var first = planned("task-1");
        var second = planned(null);

        stage.prepare(List.of(first, second));

        assertThat(ledger.row(1).stage()).isEqualTo(Stage.PLANNED);
        assertThat(ledger.row(2).stage()).isEqualTo(Stage.TASK_READY);
    }

    @Test
    void lastingRefusalClosesTheRow() {
        sms.refuse("CreateTask", Failures.refused("CreateTask", "SMS.6602"));

        prepare(planned(null));

        assertThat(ledger.row(1).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(ledger.row(1).failure().code()).isEqualTo("SMS.6602");
        assertThat(ledger.row(1).failure().errorClass()).isEqualTo("FIX_AND_RETRY");
    }

    @Test
    void temporaryRefusalIsRetriedLater() {
        sms.refuse("CreateTask", Failures.refused("CreateTask", "SMS.6301"));

        prepare(planned(null));
        assertThat(ledger.row(1).isOpen()).isTrue();
        prepare(ledger.row(1));

        assertThat(states()).containsExactly("CREATE 1 REFUSED", "CREATE 2 DONE");
        assertThat(ledger.row(1).failure()).isNull();
    }

    @Test
    void deniedCredentialsEndTheStage() {
        sms.refuse("CreateTask", Failures.denied("CreateTask"));

        assertThatThrownBy(() -> prepare(planned(null))).isInstanceOf(ApiException.class);
        assertThat(states()).containsExactly("CREATE 1 NOT_SENT");
    }

    private void prepare(LedgerRow row) {
        stage.prepare(List.of(row));
    }

    /** A row that passed preflight; sources and rows have the same numbers. */
    private LedgerRow planned(String taskId) {
        var row = ledger.plan(List.of(DesiredTaskFixtures.cells())).get(0);
        var facts = new SourceFacts("LINUX", DesiredTaskFixtures.oneDisk()).toJson();
        var matched = row.withSource(taskId != null ? "source-1" : "source-" + row.row(), taskId);
        ledger.ledger().write(ledger.owner(), List.of(LedgerWrite.of(matched, List.of())), Map.of(row.row(), facts));
        return ledger.row(row.row());
    }

    private List<String> states() {
        return ledger.ledger().intents(ledger.runId()).stream()
                .map(TaskProvisionerTests::shown)
                .toList();
    }

    private static String shown(Intent intent) {
        assertThat(intent.operation()).isIn(Operation.CREATE, Operation.UPDATE);
        assertThat(intent.state()).isNotEqualTo(CallState.OPEN);
        return intent.operation() + " " + intent.attempt() + " " + intent.state();
    }
}
