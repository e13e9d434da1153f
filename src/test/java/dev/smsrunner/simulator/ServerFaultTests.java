package dev.smsrunner.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Faults and quirks of single servers over HTTP. */
class ServerFaultTests {

    private static final String NAME = "erp-app-01";

    @TempDir
    private Path directory;

    private final ManualClock clock = new ManualClock();
    private Simulator simulator;
    private SimulatorClient caller;

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void failsAsConfiguredThenSucceedsAfterARestart() throws IOException {
        start("fail-times: 1, fail-at: 40%, fail-code: SMS.6301");
        String task = startedTask(false);
        clock.pass(Duration.ofHours(2));

        assertThat(caller.states(task)).isEqualTo("MIGRATE_FAIL/error/replicating");
        JsonNode error = SimulatorJson.MAPPER.readTree(SimulatorJson.text(caller.task(task), "error_json"));
        assertThat(SimulatorJson.text(error, "error_code")).isEqualTo("SMS.6301");
        assertThat(caller.get("/v3/errors?offset=0").json().path("count").asInt())
                .isEqualTo(1);

        caller.act(task, "network_check");
        caller.act(task, "start");
        clock.pass(Duration.ofHours(2));
        assertThat(caller.states(task)).isEqualTo("MIGRATE_SUCCESS/finished/cutovered");
        assertThat(simulator.audit().starts()).containsEntry(id(), 2);
        assertThat(simulator.audit().calls("fail")).isEqualTo(1);
    }

    @Test
    void failsAlways() throws IOException {
        start("fail-always: true");
        String task = startedTask(false);
        for (int attempt = 0; attempt < 3; attempt++) {
            clock.pass(Duration.ofHours(2));
            assertThat(caller.states(task)).isEqualTo("MIGRATE_FAIL/error/replicating");
            caller.act(task, "start");
        }
    }

    @Test
    void failsInContinuousSync() throws IOException {
        start("fail-during: sync");
        String task = startedTask(true);
        clock.pass(Duration.ofHours(2));
        assertThat(caller.states(task)).isEqualTo("SYNC_FAIL/error/syncing");

        caller.act(task, "restart");
        clock.pass(Duration.ofHours(2));

        assertThat(caller.states(task)).isEqualTo("SYNCING/syncing/syncing");
    }

    @Test
    void overSpeedPausesTheTask() throws IOException {
        start("fail-at: 40%, fail-code: SMS.9007");
        String task = startedTask(false);
        clock.pass(Duration.ofHours(2));
        assertThat(caller.states(task)).isEqualTo("ABORT/stopped/replicating");
        JsonNode error = SimulatorJson.MAPPER.readTree(SimulatorJson.text(caller.task(task), "error_json"));
        assertThat(SimulatorJson.text(error, "error_code")).isEqualTo("SMS.9007");

        caller.act(task, "start");
        clock.pass(Duration.ofHours(2));

        assertThat(caller.states(task)).isEqualTo("MIGRATE_SUCCESS/finished/cutovered");
    }

    @Test
    void createForADisconnectedServerIsRefused() throws IOException {
        start("disconnected: true, disconnect-for: 20m");
        assertThat(server().path("connected").asBoolean()).isFalse();
        assertThat(caller.post("/v3/tasks", caller.createBody(server(), false)).code())
                .isEqualTo("SMS.6603");

        clock.pass(Duration.ofMinutes(20));

        assertThat(caller.create(server(), false)).isNotEmpty();
    }

    @Test
    void disconnectedAgentPausesTheCopy() throws IOException {
        start("duration: 100m, disconnect-at: 50%, disconnect-for: 10h");
        String task = startedTask(false);
        clock.pass(Duration.ofMinutes(70));
        long before = server().path("replicatesize").asLong();
        assertThat(server().path("connected").asBoolean()).isFalse();
        assertThat(caller.act(task, "stop").code()).isEqualTo("SMS.6603");
        clock.pass(Duration.ofHours(9));
        assertThat(server().path("replicatesize").asLong()).isEqualTo(before);

        clock.pass(Duration.ofHours(3));

        assertThat(caller.states(task)).isEqualTo("MIGRATE_SUCCESS/finished/cutovered");
    }

    @Test
    void failedCheckMakesTheServerUnavailable() throws IOException {
        start("check-error: true");

        assertThat(SimulatorJson.text(server(), "state")).isEqualTo("unavailable");
        assertThat(server().path("checks").toString()).contains("ERROR");
        assertThat(caller.post("/v3/tasks", caller.createBody(server(), false)).code())
                .isEqualTo("SMS.6520");
    }

    @ParameterizedTest
    @CsvSource({"objects,/result_list/0", "texts,/result_list/0", "top,''"})
    void comparisonHasAResultAfterItsEnd(String shape, String at) throws IOException {
        start("duration: 10m, consistency: {different: 3, missing: 2, more: 1, takes: 1h, shape: %s}".formatted(shape));
        String task = caller.create(server(), true);
        caller.act(task, "start");
        clock.pass(Duration.ofMinutes(70));
        assertThat(server().path("is_consistency_result_exist").asBoolean()).isFalse();
        String none = "{'task_id':'%s','result_list':[]}".formatted(task).replace('\'', '"');
        assertThat(result(task)).isEqualTo(SimulatorJson.MAPPER.readTree(none));
        caller.act(task, "start");

        String checked = "{'operation':'test','is_need_consistency_check':true}".replace('\'', '"');
        assertThat(caller.post("/v3/tasks/" + task + "/action", SimulatorJson.MAPPER.readTree(checked))
                        .status())
                .isEqualTo(200);
        clock.pass(Duration.ofHours(1));

        assertThat(server().path("is_consistency_result_exist").asBoolean()).isTrue();
        assertThat(caller.servers("is_consistency_result_exist=true")
                        .path("count")
                        .asInt())
                .isEqualTo(1);
        JsonNode found = result(task).at(at);
        JsonNode directories =
                (found.isString() ? SimulatorJson.MAPPER.readTree(found.asString()) : found).path("consistency_result");
        assertThat(directories.get(1).path("dir_check").asString()).isEqualTo("/var/lib");
        assertThat(directories.get(1).path("num_target_miss_files").asInt()).isEqualTo(2);
    }

    private JsonNode result(String task) {
        return caller.get("/v3/tasks/" + task + "/consistency-result").json();
    }

    @Test
    void statesAreInUpperCase() throws IOException {
        start("state-case: upper");
        String task = startedTask(false);

        assertThat(caller.states(task)).isEqualTo("RUNNING/INITIALIZE/REPLICATING");
    }

    @Test
    void unknownStateIsShownForAWhile() throws IOException {
        start("duration: 100m, unknown-state: {at: 50%, for: 10m, value: rebalancing, on: both}");
        String task = startedTask(false);
        clock.pass(Duration.ofMinutes(54));
        assertThat(caller.states(task)).isEqualTo("rebalancing/rebalancing/replicating");

        clock.pass(Duration.ofMinutes(11));

        assertThat(caller.states(task)).isEqualTo("RUNNING/replicate/replicating");
    }

    @Test
    void progressIsNullOrAbove100() throws IOException {
        start("null-progress: true");
        String task = startedTask(false);
        assertThat(caller.task(task).path("sub_tasks").get(0).path("progress").isNull())
                .isTrue();
        simulator.close();

        start("progress-over-100: true");
        task = startedTask(false);
        clock.pass(Duration.ofHours(2));
        assertThat(caller.task(task).path("sub_tasks").get(0).path("progress").asInt())
                .isEqualTo(130);
    }

    @Test
    void taskIsDeletedDuringTheCopy() throws IOException {
        start("delete-task-at: 30%");
        String task = startedTask(false);
        clock.pass(Duration.ofHours(2));

        assertThat(caller.get("/v3/tasks/" + task).code()).isEqualTo("SMS.7703");
        assertThat(server().path("current_task").isNull()).isTrue();
        assertThat(simulator.audit().entries())
                .anySatisfy(entry -> assertThat(entry.actor()).isEqualTo("console"));
    }

    @Test
    void leftoverTaskHasTheConfiguredState() throws IOException {
        for (String state : new String[] {"READY", "ABORT", "MIGRATE_FAIL", "MIGRATE_SUCCESS", "RUNNING", "SYNCING"}) {
            start("leftover-task: " + state);
            assertThat(SimulatorJson.text(server().path("current_task"), "state"))
                    .isEqualTo(state);
            assertThat(caller.post("/v3/tasks", caller.createBody(server(), false))
                            .code())
                    .isEqualTo("SMS.7605");
            simulator.close();
        }
    }

    @Test
    void leftoverTaskHasTheConfiguredTarget() throws IOException {
        start(
                "leftover-task: SYNCING, leftover-target: {server-id: PROD-1, region: r-2, project: p-2, public-ip: true}");

        JsonNode current = server().path("current_task");

        assertThat(current.path("exist_server").booleanValue()).isTrue();
        assertThat(current.path("use_public_ip").booleanValue()).isTrue();
        assertThat(SimulatorJson.text(current.path("target_server"), "vm_id")).isEqualTo("PROD-1");
        assertThat(SimulatorJson.text(current, "region_id")).isEqualTo("r-2");
        assertThat(SimulatorJson.text(current, "project_id")).isEqualTo("p-2");
    }

    @Test
    void listsLagBehindACreate() throws IOException {
        start("hide-new-task-for: 1m");
        String task = caller.create(server(), false);
        String query = "/v3/tasks?source_server_id=" + id();
        assertThat(caller.get(query).json().path("count").asInt()).isZero();
        assertThat(server().path("current_task").isNull()).isTrue();

        clock.pass(Duration.ofMinutes(1));

        assertThat(SimulatorJson.text(caller.get(query).json().path("tasks").get(0), "id"))
                .isEqualTo(task);
    }

    private void start(String behaviour) throws IOException {
        simulator = FaultySimulator.start(directory, clock, "servers:\n- {name: 'erp-app-0?', " + behaviour + "}\n");
        caller = new SimulatorClient(simulator);
    }

    private String startedTask(boolean syncing) {
        String task = caller.create(server(), syncing);
        assertThat(caller.act(task, "start").status()).isEqualTo(200);
        return task;
    }

    private JsonNode server() {
        return caller.servers("name=" + NAME).path("source_servers").get(0);
    }

    private String id() {
        return SimulatorJson.text(server(), "id");
    }
}
