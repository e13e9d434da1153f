package dev.smsrunner.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Bodies accepted and refused by CreateTask and UpdateTask. */
class CreateTaskTests {

    private Simulator simulator;
    private SimulatorClient caller;
    private JsonNode linux;

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults().withClock(new ManualClock()));
        caller = new SimulatorClient(simulator);
        linux = caller.firstServer("LINUX");
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void everyInvalidBodyHasItsCode() {
        assertThat(codeAfter(body -> body.put("name", "no blanks"))).isEqualTo("SMS.7711");
        assertThat(codeAfter(body -> body.put("type", "MIGRATE_ALL"))).isEqualTo("SMS.7712");
        assertThat(codeAfter(body -> body.put("os_type", "WINDOWS"))).isEqualTo("SMS.6610");
        assertThat(codeAfter(body -> body.put("os_type", "SOLARIS"))).isEqualTo("SMS.6601");
        assertThat(codeAfter(body -> body.remove("project_name"))).isEqualTo("SMS.9001");
        assertThat(codeAfter(body -> body.put("speed_limit", 1001))).isEqualTo("SMS.9001");
        assertThat(codeAfter(body -> body.put("vm_template_id", "none"))).isEqualTo("SMS.7101");
        assertThat(codeAfter(body -> body.remove("vm_template_id"))).isEqualTo("SMS.6032");
        assertThat(codeAfter(body -> body.remove("target_server"))).isEqualTo("SMS.6031");
        assertThat(codeAfter(body -> target(body).putArray("disks"))).isEqualTo("SMS.6033");
        assertThat(codeAfter(body -> ((ObjectNode) target(body).path("disks").get(0)).put("size", 1)))
                .isEqualTo("SMS.1106");
        assertThat(codeAfter(body -> body.putObject("source_server").put("id", "none")))
                .isEqualTo("SMS.6030");
        assertThat(simulator.audit().creates()).isEmpty();
    }

    @Test
    void existingTargetNeedsDisksAndAddressAndIsBoundOnce() {
        ObjectNode body = caller.createBody(linux, true);
        body.remove(List.of("vm_template_id"));
        body.put("exist_server", true);
        target(body).put("vm_id", "ecs-1");
        assertThat(caller.post("/v3/tasks", body).code()).isEqualTo("SMS.6602");
        body.put("migration_ip", "192.0.2.10");
        assertThat(caller.post("/v3/tasks", body).code()).isEqualTo("SMS.6103");
        target(body).path("disks").forEach(disk -> ((ObjectNode) disk).put("disk_id", "volume-1"));

        assertThat(caller.post("/v3/tasks", body).status()).isEqualTo(200);

        ObjectNode other = body.deepCopy();
        JsonNode windows = caller.firstServer("WINDOWS");
        other.put("type", "MIGRATE_BLOCK").put("os_type", "WINDOWS");
        other.putObject("source_server").put("id", SimulatorJson.text(windows, "id"));
        target(other)
                .set(
                        "disks",
                        caller.createBody(windows, true).path("target_server").path("disks"));
        target(other).path("disks").forEach(disk -> ((ObjectNode) disk).put("disk_id", "volume-2"));
        assertThat(caller.post("/v3/tasks", other).code()).isEqualTo("SMS.7605");
    }

    @Test
    void windowsByFileIsRefused() {
        ObjectNode body = caller.createBody(caller.firstServer("WINDOWS"), false);
        body.put("type", "MIGRATE_FILE");

        assertThat(caller.post("/v3/tasks", body).code()).isEqualTo("SMS.6610");
    }

    @Test
    void volumeGroupsAreKeptAndBtrfsBecomesAListOfNames() {
        ObjectNode body = caller.createBody(linux, false);
        target(body).putArray("volume_groups").addObject().put("name", "vg_system");
        target(body).putArray("btrfs_list").addObject().put("name", "btrfs_root");
        String id = SimulatorJson.text(caller.post("/v3/tasks", body).json(), "id");

        JsonNode shown = caller.task(id).path("target_server");

        assertThat(SimulatorJson.text(shown.path("volume_groups").get(0), "name"))
                .isEqualTo("vg_system");
        assertThat(shown.path("btrfs_list").get(0).asString()).isEqualTo("btrfs_root");
    }

    @Test
    void updateIsPartialAndIgnoresFieldsOfTheAgent() {
        String id = caller.create(linux, false);

        caller.put("/v3/tasks/" + id, "{\"speed_limit\":50,\"state\":\"MIGRATE_SUCCESS\"}");

        JsonNode task = caller.task(id);
        assertThat(task.path("speed_limit").asInt()).isEqualTo(50);
        assertThat(SimulatorJson.text(task, "state")).isEqualTo("READY");
        assertThat(SimulatorJson.text(task, "name")).isEqualTo("Migration_1");
    }

    @Test
    void onlyTheSourceShowsTheTargetOfItsTask() {
        String id = caller.create(linux, true);
        JsonNode listed = caller.get("/v3/tasks?id=" + id).json().path("tasks").get(0);

        for (String field : List.of("exist_server", "use_public_ip", "syncing")) {
            assertThat(caller.task(id).has(field)).as(field).isFalse();
            assertThat(listed.has(field)).as(field).isFalse();
        }
        for (JsonNode current : List.of(
                caller.source(SimulatorJson.text(linux, "id")).path("current_task"),
                caller.servers("id=" + SimulatorJson.text(linux, "id"))
                        .path("source_servers")
                        .get(0)
                        .path("current_task"))) {
            assertThat(current.path("exist_server").booleanValue()).isFalse();
            assertThat(current.path("use_public_ip").booleanValue()).isTrue();
            assertThat(SimulatorJson.text(current, "region_id")).isEqualTo("r");
            assertThat(SimulatorJson.text(current, "project_id")).isEqualTo("p");
            assertThat(SimulatorJson.text(current.path("target_server"), "vm_id"))
                    .isEmpty();
        }
    }

    @Test
    void targetFromTemplateHasAnIdOnceItsTaskRuns() {
        String id = caller.create(linux, true);
        caller.act(id, "start");

        String shown = SimulatorJson.text(caller.task(id).path("target_server"), "vm_id");

        assertThat(shown).isNotEmpty();
        assertThat(SimulatorJson.text(
                        caller.source(SimulatorJson.text(linux, "id"))
                                .path("current_task")
                                .path("target_server"),
                        "vm_id"))
                .isEqualTo(shown);
    }

    @Test
    void updateOfTheTargetNeedsAddressNameAndSystem() {
        String path = "/v3/tasks/" + caller.create(linux, true);
        for (String field : List.of("ip", "name", "os_type")) {
            ObjectNode body = update();
            target(body).remove(List.of(field));

            assertThat(caller.put(path, body.toString()).code()).as(field).isEqualTo("SMS.9001");
        }

        assertThat(caller.put(path, update().toString()).status()).isEqualTo(200);
    }

    @Test
    void updateWithoutTheKindOfTargetKeepsIt() {
        String id = caller.create(linux, true);
        ObjectNode body = update();
        target(body).put("vm_id", "ecs-3");

        caller.put("/v3/tasks/" + id, body.toString());
        assertThat(current().path("exist_server").booleanValue()).isFalse();

        target(body).path("disks").forEach(disk -> ((ObjectNode) disk).put("disk_id", "0"));
        caller.put(
                "/v3/tasks/" + id,
                body.put("exist_server", true).put("migration_ip", "192.0.2.9").toString());
        assertThat(current().path("exist_server").booleanValue()).isTrue();
        assertThat(SimulatorJson.text(current().path("target_server"), "vm_id")).isEqualTo("ecs-3");
        assertThat(SimulatorJson.text(current(), "vm_template_id")).isEmpty();
    }

    private JsonNode current() {
        return caller.source(SimulatorJson.text(linux, "id")).path("current_task");
    }

    private ObjectNode update() {
        ObjectNode body = SimulatorJson.object();
        body.set("target_server", caller.createBody(linux, true).path("target_server"));
        target(body).put("ip", "192.0.2.9").put("os_type", "LINUX");
        return body;
    }

    @Test
    void autoStartRunsTheNewTask() {
        ObjectNode body = caller.createBody(linux, false).put("auto_start", true);
        String id = SimulatorJson.text(caller.post("/v3/tasks", body).json(), "id");

        assertThat(SimulatorJson.text(caller.task(id), "state")).isEqualTo("RUNNING");
        assertThat(simulator.audit().starts()).containsEntry(SimulatorJson.text(linux, "id"), 1);
    }

    @Test
    void speedLimitsAreStoredAndChecked() {
        String path = "/v3/tasks/" + caller.create(linux, false) + "/speed-limit";
        String good = "{\"speed_limit\":[{\"start\":\"08:00\",\"end\":\"18:00\",\"speed\":100}]}";

        assertThat(caller.post(path, good).status()).isEqualTo(200);
        assertThat(caller.post(path, good.replace("100", "1001")).code()).isEqualTo("SMS.9001");

        assertThat(caller.get(path)
                        .json()
                        .path("speed_limit")
                        .get(0)
                        .path("speed")
                        .asInt())
                .isEqualTo(100);
    }

    @Test
    void atMostFiveSpeedLimitsByTimeOfDayAreShownWithTheirThreshold() {
        String path = "/v3/tasks/" + caller.create(linux, false) + "/speed-limit";

        assertThat(caller.post(path, limits(5)).status()).isEqualTo(200);
        assertThat(caller.post(path, limits(6)).code()).isEqualTo("SMS.9001");
        assertThat(caller.get(path).json().path("speed_limit")).hasSize(5);

        String day = "{\"speed_limit\":[{\"start\":\"0:00\",\"end\":\"24:00\",\"speed\":25}]}";
        assertThat(caller.post(path, day).status()).isEqualTo(200);
        assertThat(caller.get(path).json().toString())
                .isEqualTo("{\"speed_limit\":[{\"start\":\"0:00\",\"end\":\"24:00\",\"speed\":25,"
                        + "\"over_speed_threshold\":10}]}");

        assertThat(caller.post(path, "{\"speed_limit\":[]}").status()).isEqualTo(200);
        assertThat(caller.get(path).json().path("speed_limit")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"start\":\"24:00\",\"end\":\"08:00\",\"speed\":1}",
                "{\"start\":\"08:00\",\"end\":\"24:01\",\"speed\":1}",
                "{\"start\":\"08:00\",\"end\":\"9\",\"speed\":1}",
                "{\"start\":\"08:00\",\"end\":\"18:00\"}",
                "{\"start\":\"08:00\",\"end\":\"18:00\",\"speed\":-1}",
                "{\"start\":\"08:00\",\"end\":\"18:00\",\"speed\":1,\"over_speed_threshold\":9}",
                "{\"start\":\"08:00\",\"end\":\"18:00\",\"speed\":1,\"over_speed_threshold\":101}",
                "7"
            })
    void invalidSpeedLimitIsRefused(String limit) {
        String path = "/v3/tasks/" + caller.create(linux, false) + "/speed-limit";

        assertThat(caller.post(path, "{\"speed_limit\":[" + limit + "]}").code())
                .isEqualTo("SMS.9001");
        assertThat(caller.get(path).json().path("speed_limit")).isEmpty();
    }

    @Test
    void thresholdOfATaskHasItsRange() {
        assertThat(codeAfter(body -> body.put("over_speed_threshold", 9))).isEqualTo("SMS.9001");
        assertThat(codeAfter(body -> body.put("over_speed_threshold", 100.5))).isEqualTo("SMS.9001");
        assertThat(caller.post("/v3/tasks", caller.createBody(linux, false).put("over_speed_threshold", 20))
                        .status())
                .isEqualTo(200);
    }

    private static String limits(int count) {
        return IntStream.range(0, count)
                .mapToObj(hour -> "{\"start\":\"0%d:00\",\"end\":\"0%d:30\",\"speed\":10}".formatted(hour, hour))
                .collect(Collectors.joining(",", "{\"speed_limit\":[", "]}"));
    }

    private String codeAfter(Consumer<ObjectNode> change) {
        ObjectNode body = caller.createBody(linux, false);
        change.accept(body);
        return caller.post("/v3/tasks", body).code();
    }

    private static ObjectNode target(ObjectNode body) {
        return (ObjectNode) body.path("target_server");
    }
}
