package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.smsrunner.simulator.AuditEntry;
import dev.smsrunner.simulator.KnownServer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Whole runs with the same result on every database. */
abstract class MigrationStories extends ScenarioTest {

    @Test
    void serversAreMigratedAndSecondRunHasNothingToDo() {
        var scenario = scenario(6).job("cutover.when", "synced");

        var result = scenario.run().exits(0);

        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 6));
        assertThat(result.report().values()).allSatisfy(row -> {
            assertThat(row).containsEntry("stage", "CLOSED").containsEntry("attempts", "1");
            assertThat(row.get("migration_cycle")).isEqualTo("cutovered");
        });
        assertThat(scenario.cloud().launches()).hasSize(6);
        scenario.cloud().assertNoDuplicates();
        var changes = scenario.cloud().changes();

        var again = scenario.run().exits(0);

        assertThat(again.runId()).isNotEqualTo(result.runId());
        assertThat(again.outcomes()).containsExactly(entry("SKIPPED", 6));
        assertThat(scenario.cloud().changes()).isEqualTo(changes);
    }

    @Test
    void serverThatFailsOnceIsRestarted() {
        var scenario = scenario(4).server("erp-app-02", "fail-times: 1, fail-code: SMS.0203");

        var result = scenario.run().exits(0);

        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 4));
        assertThat(result.report().get("erp-app-02")).containsEntry("attempts", "2");
        assertThat(scenario.cloud().starts()).containsEntry("erp-app-02", 2).containsEntry("erp-app-01", 1);
        scenario.cloud().assertNoDuplicates();
    }

    @Test
    void rerunRepeatsOnlyTheFailedServer() {
        var scenario = scenario(4).server("erp-app-02", "fail-times: 1, fail-code: SMS.6617");

        var result = scenario.run().exits(1);

        assertThat(result.outcomes()).containsOnly(entry("FAILED", 1), entry("MIGRATED", 3));
        assertThat(result.report().get("erp-app-02"))
                .containsEntry("outcome", "FAILED")
                .containsEntry("error_code", "SMS.6617");
        int before = scenario.cloud().changes().size();

        var repeated = scenario.rerun(result.runId()).exits(0);

        assertThat(repeated.outcomes()).containsExactly(entry("MIGRATED", 1));
        assertThat(scenario.cloud().changes().stream().skip(before))
                .allMatch(change -> change.endsWith(" erp-app-02"))
                .contains("start erp-app-02");
        scenario.cloud().assertNoDuplicates();
    }

    @Test
    void lostAnswersOfCreateStartAndLaunchAreNotRepeated() {
        var scenario = scenario(8)
                .answers("operation: CreateTask, kind: close-after, first-per-source: true")
                .answers("operation: start, kind: status-after, status: 504, first-per-source: true")
                .answers("operation: test, kind: truncated, first-per-source: true");

        var result = scenario.run().exits(0);

        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 8));
        assertThat(scenario.cloud().creates()).hasSize(8);
        assertThat(scenario.cloud().starts())
                .hasSize(8)
                .allSatisfy((name, times) -> assertThat(times).isEqualTo(1));
        scenario.cloud().assertNoDuplicates();
    }

    /** The row defines the target of its server, even with an existing task. */
    @Test
    void noStartOrLaunchOntoATargetOtherThanTheRows() {
        var scenario = scenario(5)
                .speed(600)
                .row("erp-app-01", "use_public_ip", "no")
                .server(
                        "erp-app-01",
                        "leftover-task: READY, leftover-target: {server-id: PROD-ECS-0001, project: prod, public-ip: true}")
                .server("erp-app-02", "leftover-task: SYNCING, leftover-target: {region: cn-north-4, project: other}")
                .row("erp-app-03", "vm_template_id", "")
                .row("erp-app-03", "target_server_id", "ECS-3")
                .row("erp-app-03", "migration_ip", "192.168.7.20")
                .server(
                        "erp-app-03",
                        "leftover-task: READY, leftover-target: {template: %s}".formatted(KnownServer.template()))
                .server("erp-db-01", "leftover-task: SYNCING, leftover-target: {template: another-template}");

        var plan = scenario.plan().exits(0).json();

        assertThat(row(plan, "erp-app-02").path("step").asString()).isEqualTo("REJECT");
        assertThat(row(plan, "erp-app-03")
                        .path("target")
                        .path("target_server_id")
                        .asString())
                .isEqualTo("ECS-3");
        assertThat(row(plan, "erp-app-01").path("warnings").toString())
                .contains(
                        "target_server_id: row none (new server), task PROD-ECS-0001",
                        "use_public_ip: row false, task true");
        assertThat(row(plan, "erp-db-01").path("warnings").toString()).contains("task another-template");
        assertThat(scenario.cloud().changes()).isEmpty();

        var result = scenario.run().exits(1);

        assertThat(result.outcomes()).containsOnly(entry("MIGRATED", 4), entry("REJECTED", 1));
        assertThat(result.report().get("erp-app-02").get("reason"))
                .contains(
                        "target_region: row ap-southeast-3, task cn-north-4",
                        "target_project_id: row 0a1b2c3d4e5f60718293a4b5c6d7e8f9, task other");
        assertThat(result.report().get("erp-db-01").get("reason")).contains("task another-template");
        assertThat(result.report().get("erp-app-02"))
                .containsEntry("actual_target_id", "")
                .containsEntry("actual_region", "cn-north-4")
                .containsEntry("actual_project", "other");
        assertThat(result.report().get("erp-app-03"))
                .containsEntry("actual_target_id", "ECS-3")
                .containsEntry("actual_region", "ap-southeast-3");
        assertThat(result.report().get("erp-app-01").get("actual_target_id"))
                .isNotEmpty()
                .isNotEqualTo("PROD-ECS-0001");
        assertThat(result.report().get("erp-db-02").get("actual_target_id"))
                .as("a server that was made of a template")
                .isNotEmpty();
        assertThat(scenario.verify(result.runId(), "--remote")
                        .exits(0)
                        .json()
                        .path("checked")
                        .toString())
                .contains(
                        "4 launched rows: each to the target of its row",
                        "cloud: the targets of 4 launched rows",
                        "audit: the targets of 4 launches");
        assertThat(scenario.cloud().targets("erp-app-01")).containsExactly(target(""));
        assertThat(scenario.cloud().targets("erp-app-02")).isEmpty();
        assertThat(scenario.cloud().targets("erp-app-03")).containsExactly(target("ECS-3"));
        assertThat(scenario.cloud().targets("erp-db-02")).containsExactly(target(""));
        assertThat(scenario.cloud().changes())
                .filteredOn(change -> change.startsWith("UpdateTask"))
                .containsExactlyInAnyOrder("UpdateTask erp-app-01", "UpdateTask erp-app-03");
        scenario.cloud().assertNoDuplicates();
    }

    private static AuditEntry.Target target(String existing) {
        return new AuditEntry.Target(
                !existing.isEmpty(), existing, "ap-southeast-3", "0a1b2c3d4e5f60718293a4b5c6d7e8f9");
    }

    private static JsonNode row(JsonNode plan, String server) {
        for (var row : plan.path("rows")) {
            if (row.path("server_name").asString().equals(server)) {
                return row;
            }
        }
        throw new AssertionError("no row of " + server);
    }

    @Test
    void stoppedRunLeavesTheTasksRunningAndIsResumed() {
        var scenario = scenario(8).speed(600);
        var running = scenario.startRun();
        scenario.until("half of them are started", cloud -> cloud.starts().size() >= 4);

        scenario.stop("last").exits(0);
        var stopped = running.join().exits(5).prints("resume");
        var resumed = scenario.resume(stopped.runId()).exits(0);

        assertThat(resumed.runId()).isEqualTo(stopped.runId());
        assertThat(resumed.outcomes()).containsExactly(entry("MIGRATED", 8));
        scenario.cloud().assertNoDuplicates();
    }
}
