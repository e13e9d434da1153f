package dev.smsrunner.job.migrate.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.preflight.Finding;
import dev.smsrunner.preflight.PreflightResult;
import dev.smsrunner.sms.Disk;
import dev.smsrunner.sms.PhysicalVolume;
import dev.smsrunner.sms.TargetLayout;
import dev.smsrunner.sms.VolumeGroup;
import dev.smsrunner.support.Failures;
import dev.smsrunner.support.FakeSms;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows examined against a service in memory; nothing is ever changed in it. */
class MigrateExaminerTests {

    private final FakeSms sms = new FakeSms();
    private FakeSms.Server server;

    @BeforeEach
    void oneServer() {
        server = sms.server("source-1");
        server.name = "erp-db-02";
        sms.template("template-1");
    }

    @Test
    void acceptedRowNeedsNoShowServer() {
        var result = examine();

        assertThat(result.findings()).isEmpty();
        assertThat(result.source().id()).isEqualTo("source-1");
        assertThat(layoutOf(result)).isEqualTo(server.proposed);
        assertThat(result.rejection()).isEmpty();
        assertThat(result.nothingToDo()).isEmpty();
        assertThat(sms.calls()).containsExactly("ListServers 0", "ListTasks null", "ListTemplates 0");
    }

    @Test
    void unlistedDependencyOutsideInventoryRejectsRow() {
        sms.server("source-2");

        assertThat(examine("depends_on", "id:SOURCE-2;id:s-77@synced").findings())
                .containsExactly(
                        Finding.error(
                                "depends_on: id:s-77: SMS lists no source server with this id. Correct depends_on in rerun.csv and run that."));
    }

    @Test
    void forbiddenRowIsSkippedWithoutACall() {
        var examiner = MigrateExaminer.load(sms, Rows.NOTHING_WAITS, id -> false, each -> {});
        var calls = List.copyOf(sms.calls());
        var result = examiner.examine(Rows.row("ok_to_migrate", "N"));

        assertThat(result.nothingToDo()).hasValue("The inventory forbids the migration (ok_to_migrate: no).");
        assertThat(result.rejection()).isEmpty();
        assertThat(result.source()).isNull();
        assertThat(sms.calls()).isEqualTo(calls);
        assertThat(examiner.examine(Rows.row("ok_to_migrate", "Y")).nothingToDo())
                .isEmpty();
        assertThat(examiner.examine(Rows.row("ok_to_migrate", "")).nothingToDo())
                .isEmpty();
    }

    @Test
    void unlistedDependencyInsideInventoryHoldsRow() {
        assertThat(MigrateExaminer.load(sms, Rows.NOTHING_WAITS, "s-77"::equals, each -> {})
                        .examine(Rows.row("depends_on", "id:S-77"))
                        .findings())
                .isEmpty();
    }

    @Test
    void rejectedRowDoesNotReportItsTask() {
        var task = sms.task("source-1");
        task.state = "RUNNING";
        task.existServer = true;
        task.vmId = "PROD-ECS-0001";
        task.type = "MIGRATE_FILE";

        assertThat(examine().rejection())
                .hasValueSatisfying(why -> assertThat(why).contains("PROD-ECS-0001"));
        assertThat(examine().warnings()).isEmpty();
        task.existServer = false;
        assertThat(examine().warnings()).singleElement().asString().endsWith("The run uses that task.");
    }

    @Test
    void migratedServerReportsDifferencesInForm() {
        var task = sms.task("source-1");
        task.state = "MIGRATE_SUCCESS";
        task.existServer = false;
        task.type = "MIGRATE_BLOCK";
        task.template = "template-9";
        server.state = "finished";
        server.cycle = "cutovered";

        assertThat(examine().nothingToDo())
                .hasValue("Already migrated: the source is finished, its cycle cutovered. Its task " + task.id
                        + " differs from the row: vm_template_id: row template-1, task template-9;"
                        + " migration_type: row MIGRATE_FILE, task MIGRATE_BLOCK.");
    }

    @Test
    void cycleThroughSmsIdsRejectsOnlyItsRows() {
        List.of("a", "b", "c", "d").forEach(name -> sms.server("s-" + name).name = name);
        var rows = List.of(
                Rows.row(1, "server_name", "a", "depends_on", "id:S-B"),
                Rows.row(2, "server_name", "b", "depends_on", "a"),
                Rows.row(3, "server_name", "c", "depends_on", "a;b"),
                Rows.row(4, "server_name", "d", "depends_on", "id:s-d@launched"));

        assertThat(cycles(rows))
                .containsExactly(
                        "depends_on: id:S-B leads back to this row: a -> b -> a. Correct depends_on in rerun.csv and run that.",
                        "depends_on: a leads back to this row: b -> a -> b. Correct depends_on in rerun.csv and run that.",
                        "",
                        "depends_on: id:s-d@launched leads back to this row: d -> d. Correct depends_on in rerun.csv and run that.");
    }

    @Test
    void cycleCountsWavesButNotCopiesOrMigratedServers() {
        List.of("a", "b").forEach(name -> sms.server("s-" + name).name = name);
        var after = new AutoLaunchCheck(
                new CutoverSettings(CutoverSettings.LaunchMode.SYNCED, null),
                Map.of("w2", List.of("w1")),
                null,
                Duration.ZERO);
        var rows = List.of(
                Rows.row(1, "server_name", "a", "wave_name", "w1", "depends_on", "id:s-b"),
                Rows.row(2, "server_name", "b", "wave_name", "w2"));
        var synced = List.of(
                Rows.row(1, "server_name", "a", "depends_on", "id:s-b@synced"),
                Rows.row(2, "server_name", "b", "depends_on", "a"));

        assertThat(cycles(rows, after))
                .containsExactly(
                        "depends_on: id:s-b leads back to this row: a -> b -> wave w1 -> a. Correct depends_on in rerun.csv and run that.",
                        "waves: after w1 leads back to this row: b -> wave w1 -> a -> b. Correct depends_on in rerun.csv and run that.");
        assertThat(cycles(synced)).containsExactly("", "");
        assertThat(cycles(synced, AutoLaunchCheck.of(new CutoverSettings(CutoverSettings.LaunchMode.AUTO, null))))
                .as("copies wait")
                .doesNotContain("");
        var migrated = sms.server("s-b");
        migrated.name = "b";
        migrated.state = "finished";
        migrated.cycle = "cutovered";
        assertThat(cycles(rows, after).get(0)).isEmpty();
    }

    private List<String> cycles(List<InventoryRow> rows) {
        return cycles(rows, Rows.NOTHING_WAITS);
    }

    private List<String> cycles(List<InventoryRow> rows, AutoLaunchCheck rule) {
        var preflight = MigrateExaminer.load(sms, rule, id -> false, rows::forEach);
        return rows.stream()
                .map(row -> preflight.examine(row).rejection().orElse(""))
                .toList();
    }

    @Test
    void migratedServerNeedsNoDependency() {
        server.state = "finished";
        server.cycle = "cutovered";

        assertThat(examine("depends_on", "id:s-77").rejection()).isEmpty();
        assertThat(examine("depends_on", "id:s-77").nothingToDo()).isPresent();
    }

    @Test
    void migratedServerIsNotRejectedForItsTaskType() {
        server.state = "finished";
        server.cycle = "cutovered";
        var task = sms.task("source-1");
        task.state = "MIGRATE_SUCCESS";
        task.syncing = false;

        assertThat(examine("depends_on", "id:source-1").rejection()).isEmpty();
        assertThat(examine("depends_on", "id:source-1").nothingToDo()).isPresent();
    }

    @Test
    void truncatedListDoesNotProveAbsence() {
        sms.announcedSources = 2;

        var result = examine("source_ip", "10.0.0.1", "depends_on", "id:s-77");

        assertThat(result.rejection()).isEmpty();
        assertThat(result.warnings())
                .singleElement()
                .asString()
                .startsWith("depends_on: id:s-77: SMS listed only a part of the source servers");
    }

    @Test
    void incompleteListIsSupplementedByShowServer() {
        sms.server("source-9");
        sms.hiddenSources = 1;

        assertThat(examine("server_name", "", "source_server_id", "source-9").rejection())
                .isEmpty();
        assertThat(examine("server_name", "", "source_server_id", "source-8").rejection())
                .hasValueSatisfying(why -> assertThat(why).startsWith("No source server matches the id source-8"));
    }

    @Test
    void incompleteListLeavesSourceUnknown() {
        sms.server("source-9");
        sms.hiddenSources = 1;

        assertThat(examine("server_name", "ghost").rejection())
                .hasValue(
                        "SMS listed only 1 of 2 source servers. None of them matches the name ghost. The source server of"
                                + " this row is not known. Set source_server_id, or rerun later.");
        assertThat(examine().rejection())
                .as("another one may have the same name")
                .hasValueSatisfying(
                        why -> assertThat(why).contains("One of them matches the name erp-db-02, and another one may"));
        assertThat(examine("source_ip", "10.0.0.1").rejection()).isEmpty();
    }

    @Test
    void fiveFailedLookupsStopFurtherLookups() {
        sms.server("source-9");
        sms.hiddenSources = 1;
        var preflight = MigrateExaminer.load(sms, Rows.NOTHING_WAITS, id -> false, each -> {});

        for (int row = 1; row <= 8; row++) {
            sms.refuse("ShowServer", Failures.unknown("ShowServer"));
            assertThat(preflight
                            .examine(Rows.row(row, "server_name", "", "source_server_id", "lost-" + row))
                            .rejection())
                    .hasValueSatisfying(why ->
                            assertThat(why).contains(". The source server of this row is not known. Rerun later."));
        }

        assertThat(sms.calls())
                .filteredOn(call -> call.startsWith("ShowServer"))
                .hasSize(5);
    }

    @Test
    void incompleteListIsReadTwice() {
        sms.server("source-9");
        sms.hiddenSources = 1;

        assertThat(examine("source_ip", "10.0.0.1").rejection()).isEmpty();

        assertThat(sms.calls()).filteredOn("ListServers 0"::equals).hasSize(2);
        assertThat(sms.calls()).filteredOn("ListTasks null"::equals).hasSize(1);
    }

    @Test
    void incompleteTaskListIsSupplementedBySource() {
        sms.task("source-7");
        sms.hiddenTasks = 1;

        assertThat(examine().rejection()).isEmpty();
        assertThat(sms.calls()).contains("ListTasks source-1");

        var hidden = sms.task("source-1");
        hidden.ofSource = false;
        assertThat(examine().rejection())
                .hasValue("SMS listed only 1 of 2 tasks and none of source source-1. The source may still have one."
                        + " Rerun later.");
    }

    @Test
    void thousandServersAreReadInPagesOfTwoHundred() {
        for (int i = 2; i <= 1_001; i++) {
            sms.server("source-" + i);
        }

        var preflight = MigrateExaminer.load(sms, Rows.NOTHING_WAITS, id -> false, each -> {});

        assertThat(sms.calls())
                .filteredOn(call -> call.startsWith("ListServers"))
                .hasSize(6);
        assertThat(preflight.accountFindings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.text()).startsWith("The account has 1001 source servers"));
    }

    @Test
    void disksMissingInListAreReadByShowServer() {
        server.proposed = null;
        server.own = new TargetLayout(
                List.of(FakeSms.disk("/dev/sda", 42L)),
                List.of(new VolumeGroup("vg0", null, null, null, List.of())),
                List.of());

        var result = examine();

        assertThat(layoutOf(result)).isEqualTo(server.own);
        assertThat(sms.calls()).contains("ShowServer source-1");
    }

    @Test
    void btrfsIsAlwaysReadByShowServer() {
        var volume = new PhysicalVolume("/dev/sda1", 42L, "OS", "BTRFS", "/", null, null, null, null);
        server.proposed = new TargetLayout(
                List.of(new Disk("Disk 0", 42L, null, "BOOT", null, List.of(volume))), List.of(), List.of());
        server.own = new TargetLayout(List.of(), List.of(), List.of(btrfs("root")));

        assertThat(layoutOf(examine()).btrfsList()).containsExactly(btrfs("root"));
    }

    @Test
    void unreadableDisksRejectTheRow() {
        server.proposed = null;
        sms.refuse("ShowServer", Failures.unknown("ShowServer"));

        assertThat(examine().rejection())
                .hasValueSatisfying(why -> assertThat(why)
                        .startsWith("Cannot read the disks of source source-1: ShowServer has no clear answer"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"RUNNING", "SYNCING", "ABORTING"})
    void taskUnderWayOntoOtherTargetIsRejectedWithDifferences(String state) {
        ontoProduction().state = state;

        assertThat(examine().rejection())
                .hasValueSatisfying(why -> assertThat(why)
                        .contains(
                                "Its task task-1 (" + state + ") does not lead to the target of the row",
                                "exist_server: row false, task true",
                                "target_server_id: row none (new server), task PROD-ECS-0001",
                                "target_region: row ap-southeast-3, task cn-north-4",
                                "Nothing is started or launched"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"READY", "ABORT", "MIGRATE_FAIL", "SYNC_FAIL"})
    void idleTaskOntoOtherTargetIsAWarning(String state) {
        ontoProduction().state = state;

        var result = examine();

        assertThat(result.rejection()).isEmpty();
        assertThat(result.warnings())
                .anySatisfy(text -> assertThat(text)
                        .contains(
                                "to the target of the row before the start", "task PROD-ECS-0001", "task cn-north-4"));
    }

    @Test
    void taskUnderWayDifferingInFormIsAWarning() {
        var task = ontoProduction();
        task.existServer = false;
        task.vmId = null;
        task.regionId = "ap-southeast-3";
        task.template = "another";
        task.state = "SYNCING";

        var result = examine();

        assertThat(result.rejection()).isEmpty();
        assertThat(result.warnings())
                .anySatisfy(text -> assertThat(text).contains("vm_template_id: row template-1, task another"));
    }

    @Test
    void taskOnlyInTaskListIsCompared() {
        ontoProduction().state = "SYNCING";
        server.showsTask = false;

        assertThat(examine().rejection())
                .hasValueSatisfying(why -> assertThat(why).contains("task PROD-ECS-0001"));
        assertThat(sms.calls()).contains("ShowServer source-1");
    }

    @Test
    void serverMigratedToOtherTargetIsRejected() {
        ontoProduction().state = "MIGRATE_SUCCESS";
        server.state = "finished";
        server.cycle = "cutovered";

        var result = examine();

        assertThat(result.rejection())
                .hasValueSatisfying(why -> assertThat(why)
                        .contains("Task task-1 already migrated the source onto", "another target", "PROD-ECS-0001"));
    }

    private FakeSms.Task ontoProduction() {
        var task = sms.task("source-1");
        task.existServer = true;
        task.vmId = "PROD-ECS-0001";
        task.regionId = "cn-north-4";
        return task;
    }

    @Test
    void missingSourceIsRejectedWithSimilarSources() {
        server.ip = "10.0.0.8";

        assertThat(examine("source_ip", "10.0.0.9").rejection())
                .hasValue("No source server matches the name erp-db-02 at 10.0.0.9. Similar: erp-db-02 at 10.0.0.8 is"
                        + " source-1. Correct the row, or set source_server_id.");
        assertThat(examine("server_name", "other").rejection())
                .hasValue("No source server matches the name other."
                        + " Install the agent and register the server, or correct the row.");
    }

    @Test
    void severalMatchingSourcesAreRejected() {
        sms.server("source-2").name = "erp-db-02";

        assertThat(examine().rejection())
                .hasValue("2 source servers match the row (source-1, source-2)." + " Set source_server_id.");
    }

    @Test
    void secondRowOfOneSourceIsRejected() {
        var preflight = MigrateExaminer.load(sms, Rows.NOTHING_WAITS, id -> false, each -> {});

        assertThat(preflight.examine(Rows.row()).rejection()).isEmpty();
        assertThat(preflight.examine(Rows.row()).rejection())
                .as("the same row again")
                .isEmpty();
        assertThat(preflight
                        .examine(Rows.row(18, "source_server_id", "source-1"))
                        .rejection())
                .hasValue("Source source-1 is already used by an earlier row. Keep one of the rows.");
    }

    @Test
    void missingTemplateIsRejected() {
        assertThat(examine("vm_template_id", "template-9").rejection())
                .hasValueSatisfying(why -> assertThat(why).startsWith("Template template-9 does not exist"));
    }

    @Test
    void selfLaunchingTaskIsRejectedForWindow() {
        sms.task("source-1").syncing = false;

        assertThat(MigrateExaminer.load(
                                sms,
                                AutoLaunchCheck.of(new CutoverSettings(CutoverSettings.LaunchMode.MANUAL, null)),
                                id -> false,
                                each -> {})
                        .examine(Rows.row())
                        .rejection())
                .hasValueSatisfying(why -> assertThat(why).contains("was created with syncing=false"));
        assertThat(examine().rejection()).isEmpty();
    }

    @Test
    void currentTaskOfSourceIsFound() {
        sms.task("source-1");

        assertThat(examine().taskId()).isEqualTo("task-1");
    }

    @Test
    void taskOnlyInTaskListIsFound() {
        sms.task("source-1").state = "RUNNING";
        server.showsTask = false;

        assertThat(examine().taskId()).isEqualTo("task-1");
    }

    @Test
    void taskBeingDeletedIsNotUsed() {
        sms.task("source-1").state = "DELETING";
        server.showsTask = false;

        assertThat(examine().taskId()).isNull();
    }

    private PreflightResult examine(String... changes) {
        return MigrateExaminer.load(sms, Rows.NOTHING_WAITS, id -> false, each -> {})
                .examine(Rows.row(changes));
    }

    private static TargetLayout layoutOf(PreflightResult result) {
        return SourceFacts.fromJson(result.facts()).layout();
    }

    private static dev.smsrunner.sms.BtrfsFileSystem btrfs(String name) {
        return new dev.smsrunner.sms.BtrfsFileSystem(
                name, null, null, null, null, null, null, null, null, null, null, null, null, null, null, List.of());
    }
}
