package dev.smsrunner.preflight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.sms.SourceCheck;
import dev.smsrunner.support.FakeSms;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is found about a row and its source before anything is changed. */
class ChecksTests {

    private final FakeSms sms = new FakeSms();
    private final FakeSms.Server server = sms.server("source-1");

    @Test
    void aHealthySourceHasNoFindings() {
        assertThat(findings(Rows.row())).isEmpty();
    }

    @Test
    void aDisconnectedAgentIsAnError() {
        server.connected = false;

        assertThat(findings(Rows.row()))
                .singleElement()
                .satisfies(found -> assertThat(found).startsWith("ERROR The agent of source source-1 is disconnected"));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.7, 10.0.0.7", "10.0.0.7, ::ffff:10.0.0.7", "2001:db8:0:0:0:0:0:7, 2001:DB8::7"})
    void aTargetAddressThatIsTheSourcesOwnIsAnError(String own, String target) {
        server.ip = own;

        assertThat(findings(Rows.row("vm_template_id", "", "target_server_id", "ecs-1", "migration_ip", target)))
                .containsExactly("ERROR migration_ip " + target
                        + " is the address of the source source-1 itself. Write the address of the target.");
    }

    @Test
    void anotherTargetAddressAndThatOfATemplateRowAreFine() {
        server.ip = "10.0.0.7";

        assertThat(findings(Rows.row("vm_template_id", "", "target_server_id", "ecs-1", "migration_ip", "10.0.0.8")))
                .isEmpty();
        assertThat(findings(Rows.row("migration_ip", "10.0.0.7"))).isEmpty();
    }

    @Test
    void anUnsaidConnectionIsNoFinding() {
        server.connected = null;

        assertThat(findings(Rows.row())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "unavailable, ERROR The source is unavailable",
        "deleting, ERROR The source is being deleted",
        "flying, WARNING The source is in the state 'flying'"
    })
    void theStateOfTheSourceCounts(String state, String found) {
        server.state = state;

        assertThat(findings(Rows.row()))
                .singleElement()
                .satisfies(text -> assertThat(text).startsWith(found));
    }

    @ParameterizedTest
    @CsvSource({"finished, cutovered", "cleared, ''", "error, cutovered", "FINISHED, ''"})
    void whatIsMigratedAlreadyIsSkippedWhateverElseThereIs(String state, String cycle) {
        server.state = state;
        server.cycle = cycle;
        server.connected = false;

        assertThat(findings(Rows.row()))
                .singleElement()
                .satisfies(
                        text -> assertThat(text).startsWith("NOTHING_TO_DO Already migrated: the source is " + state));
    }

    @Test
    void aFinishedSourceWithALivingTaskIsNotMigratedAlready() {
        server.state = "finished";
        sms.task("source-1").state = "SYNCING";

        assertThat(findings(Rows.row()))
                .singleElement()
                .satisfies(text ->
                        assertThat(text).startsWith("WARNING It has the migration task task-1 already (SYNCING)"));
    }

    @Test
    void theChecksOfTheServiceArePassedOn() {
        server.checks = List.of(
                new SourceCheck("OS_VERSION", "OK", null, null),
                new SourceCheck("KERNEL_VERSION", "warn", null, "old: 100%"),
                new SourceCheck("RSYNC", "ERROR", "SMS.0601", null));

        assertThat(findings(Rows.row()))
                .containsExactly(
                        "WARNING The check KERNEL_VERSION of SMS says WARN: old: 100%.",
                        "ERROR The check RSYNC of SMS says ERROR SMS.0601. Correct it on the server, then rerun.");
    }

    @Test
    void theFamilyOfTheRowMustBeThatOfTheSource() {
        server.os = "WINDOWS";

        assertThat(findings(Rows.row()))
                .contains(
                        "ERROR server_os_family is LINUX, the source source-1 is WINDOWS (SMS.6610). Correct the row.");
    }

    @Test
    void somebodyMustSayTheFamily() {
        server.os = null;

        assertThat(findings(Rows.row("server_os_family", "")))
                .singleElement()
                .satisfies(text ->
                        assertThat(text).startsWith("ERROR Neither the row nor the source says LINUX or WINDOWS"));
    }

    @Test
    void windowsIsMigratedByBlocksOnly() {
        server.os = "windows";

        assertThat(findings(Rows.row("server_os_family", "WINDOWS")))
                .singleElement()
                .satisfies(
                        text -> assertThat(text).startsWith("ERROR A Windows server is migrated at block level only"));
        assertThat(findings(Rows.row("server_os_family", "WINDOWS", "migration_type", "MIGRATE_BLOCK")))
                .isEmpty();
    }

    @Test
    void windowsWithUefiIsWarnedAboutWhenItsTargetIsMadeOfATemplate() {
        server.os = "WINDOWS";
        server.firmware = "UEFI";

        assertThat(findings(Rows.row("server_os_family", "WINDOWS", "migration_type", "MIGRATE_BLOCK")))
                .singleElement()
                .satisfies(text -> assertThat(text).startsWith("WARNING A Windows server with UEFI"));
    }

    @Test
    void twoLivingTasksAreTooMany() {
        sms.task("source-1");
        sms.task("source-1").state = "RUNNING";

        assertThat(findings(Rows.row()))
                .containsExactly("ERROR The source has 2 migration tasks (task-1, task-2)."
                        + " Delete all but one in the console, then rerun.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"READY", "RUNNING", "SYNCING", "ABORT", "MIGRATE_FAIL", "CUTOVER_READY"})
    void aTaskThatIsThereIsUsed(String state) {
        sms.task("source-1").state = state;

        assertThat(findings(Rows.row()))
                .containsExactly("WARNING It has the migration task task-1 already (" + state + "): that one is used.");
    }

    @Test
    void aSuccessThatLaunchedNothingStandsInTheWay() {
        sms.task("source-1").state = "MIGRATE_SUCCESS";

        assertThat(findings(Rows.row()))
                .singleElement()
                .satisfies(text ->
                        assertThat(text).startsWith("ERROR Task task-1 of an earlier migration ended MIGRATE_SUCCESS"));
    }

    @Test
    void aSuccessOnTheWayToTheLaunchIsUsed() {
        sms.task("source-1").state = "MIGRATE_SUCCESS";
        server.state = "syncing";

        assertThat(findings(Rows.row()))
                .singleElement()
                .satisfies(text -> assertThat(text).startsWith("WARNING"));
    }

    @Test
    void aTaskThatIsBeingDeletedIsWaitedFor() {
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
