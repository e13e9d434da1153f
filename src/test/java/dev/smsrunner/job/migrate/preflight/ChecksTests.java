package dev.smsrunner.job.migrate.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.sms.SourceCheck;
import dev.smsrunner.support.FakeSms;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Preflight checks of a row and its source. */
class ChecksTests {

    private final FakeSms sms = new FakeSms();
    private final FakeSms.Server server = sms.server("source-1");

    @Test
    void healthySourceHasNoFindings() {
        assertThat(findings(Rows.row())).isEmpty();
    }

    @Test
    void disconnectedAgentIsAnError() {
        server.connected = false;

        assertThat(findings(Rows.row()))
                .singleElement()
                .satisfies(found -> assertThat(found).startsWith("ERROR The agent of source source-1 is disconnected"));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.7, 10.0.0.7", "10.0.0.7, ::ffff:10.0.0.7", "2001:db8:0:0:0:0:0:7, 2001:DB8::7"})
    void targetAddressEqualToSourceIsAnError(String own, String target) {
        server.ip = own;

        assertThat(findings(Rows.row("vm_template_id", "", "target_server_id", "ecs-1", "migration_ip", target)))
                .containsExactly("ERROR migration_ip " + target
                        + " is the address of the source source-1 itself. Enter the address of the target.");
    }

    @Test
    void otherTargetAddressAndTemplateRowAreAccepted() {
        server.ip = "10.0.0.7";

        assertThat(findings(Rows.row("vm_template_id", "", "target_server_id", "ecs-1", "migration_ip", "10.0.0.8")))
                .isEmpty();
        assertThat(findings(Rows.row("migration_ip", "10.0.0.7"))).isEmpty();
    }

    @Test
    void unknownConnectionIsNoFinding() {
        server.connected = null;

        assertThat(findings(Rows.row())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "unavailable, ERROR The source is unavailable",
        "deleting, ERROR The source is being deleted",
        "flying, WARNING The source is in the state 'flying'"
    })
    void sourceStateIsReported(String state, String found) {
        server.state = state;

        assertThat(findings(Rows.row()))
                .singleElement()
                .satisfies(text -> assertThat(text).startsWith(found));
    }

    @ParameterizedTest
    @CsvSource({"finished, cutovered", "cleared, ''", "error, cutovered", "FINISHED, ''"})
    void migratedSourceIsSkippedDespiteOtherFindings(String state, String cycle) {
        server.state = state;
        server.cycle = cycle;
        server.connected = false;

        assertThat(findings(Rows.row()))
                .singleElement()
                .satisfies(
                        text -> assertThat(text).startsWith("NOTHING_TO_DO Already migrated: the source is " + state));
    }

    @Test
    void finishedSourceWithLiveTaskIsNotMigrated() {
        server.state = "finished";
        sms.task("source-1").state = "SYNCING";

        assertThat(findings(Rows.row()))
                .singleElement()
                .satisfies(text -> assertThat(text)
                        .startsWith("WARNING The source already has the migration task task-1 (SYNCING)"));
    }

    @Test
    void serviceChecksAreReported() {
        server.checks = List.of(
                new SourceCheck("OS_VERSION", "OK", null, null),
                new SourceCheck("KERNEL_VERSION", "warn", null, "old: 100%"),
                new SourceCheck("RSYNC", "ERROR", "SMS.0601", null));

        assertThat(findings(Rows.row()))
                .containsExactly(
                        "WARNING The SMS check KERNEL_VERSION reports WARN: old: 100%.",
                        "ERROR The SMS check RSYNC reports ERROR SMS.0601. Fix it on the server, then rerun.");
    }

    @Test
    void osFamilyOfRowAndSourceMustMatch() {
        server.os = "WINDOWS";

        assertThat(findings(Rows.row()))
                .contains(
                        "ERROR server_os_family is LINUX, the source source-1 is WINDOWS (SMS.6610). Correct the row.");
    }

    @Test
    void missingOsFamilyIsAnError() {
        server.os = null;

        assertThat(findings(Rows.row("server_os_family", "")))
                .singleElement()
                .satisfies(text ->
                        assertThat(text).startsWith("ERROR Neither the row nor the source shows the OS family"));
    }

    @Test
    void windowsByFilesIsAnError() {
        server.os = "windows";

        assertThat(findings(Rows.row("server_os_family", "WINDOWS")))
                .singleElement()
                .satisfies(
                        text -> assertThat(text).startsWith("ERROR SMS migrates a Windows server at block level only"));
        assertThat(findings(Rows.row("server_os_family", "WINDOWS", "migration_type", "MIGRATE_BLOCK")))
                .isEmpty();
    }

    @Test
    void windowsWithUefiAndTemplateIsAWarning() {
        server.os = "WINDOWS";
        server.firmware = "UEFI";

        assertThat(findings(Rows.row("server_os_family", "WINDOWS", "migration_type", "MIGRATE_BLOCK")))
                .singleElement()
                .satisfies(text -> assertThat(text).startsWith("WARNING A Windows server with UEFI"));
    }

    @Test
    void twoLiveTasksAreAnError() {
        sms.task("source-1");
        sms.task("source-1").state = "RUNNING";

        assertThat(findings(Rows.row()))
                .containsExactly("ERROR The source has 2 migration tasks (task-1, task-2)."
                        + " Delete all but one in the console, then rerun.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"READY", "RUNNING", "SYNCING", "ABORT", "MIGRATE_FAIL", "CUTOVER_READY"})
    void existingTaskIsUsed(String state) {
        sms.task("source-1").state = state;

        assertThat(findings(Rows.row()))
                .containsExactly("WARNING The source already has the migration task task-1 (" + state
                        + "). The run uses that task.");
    }

    @Test
    void successWithoutLaunchIsAnError() {
        sms.task("source-1").state = "MIGRATE_SUCCESS";

        assertThat(findings(Rows.row()))
                .singleElement()
                .satisfies(text ->
                        assertThat(text).startsWith("ERROR Task task-1 of an earlier migration ended MIGRATE_SUCCESS"));
    }

    @Test
    void successBeforeLaunchIsUsed() {
        sms.task("source-1").state = "MIGRATE_SUCCESS";
        server.state = "syncing";

        assertThat(findings(Rows.row()))
                .singleElement()
                .satisfies(text -> assertThat(text).startsWith("WARNING"));
    }

    @Test
    void taskBeingDeletedIsAnError() {
        sms.task("source-1").state = "DELETING";

        assertThat(findings(Rows.row()))
                .singleElement()
                .satisfies(text -> assertThat(text).startsWith("ERROR Its task task-1 is being deleted"));
    }

    private List<String> findings(InventoryRow row) {
        var source = sms.showSource("source-1");
        var tasks = sms.listTasks("source-1", 0, 200).tasks();
        return Checks.of(row, source, tasks).stream()
                .map(finding -> finding.severity() + " " + finding.text())
                .toList();
    }
}
