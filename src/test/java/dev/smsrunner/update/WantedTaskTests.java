package dev.smsrunner.update;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smsrunner.inventory.InventoryRow;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What a row wants, compared with what the service shows. */
class WantedTaskTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path directory;

    @Test
    void theFieldsHaveTheNamesAndKindsOfThePage() {
        var wanted = wanted(Map.of(
                "task_name", "MigrationTask",
                "migration_type", "migrate_block",
                "priority", "1",
                "speed_limit_mbit", "0",
                "start_target_server", "yes",
                "vm_template_id", "t-1",
                "target_region", "region-id",
                "target_project_name", "project name",
                "update_json", "{\"os_type\": \"WINDOWS\"}"));

        assertThat(wanted.fields()).isEqualTo(JSON.readTree("""
                {"name": "MigrationTask", "type": "MIGRATE_BLOCK", "os_type": "WINDOWS", "priority": 1, "speed_limit": 0,
                 "start_target_server": true, "vm_template_id": "t-1", "region_id": "region-id",
                 "project_name": "project name"}"""));
    }

    /** The example of the page, less what the agent writes back: by columns where there are any, else by JSON. */
    @Test
    void everyWritableFieldOfThePagesExampleIsSentAsItStandsThere() throws Exception {
        var sample = (ObjectNode) JSON.readTree(getClass().getResourceAsStream("/api/update-task-sample.json"));
        sample.remove(List.of("state", "estimate_complete_time", "create_date", "start_date", "finish_date"));
        sample.remove(List.of("migrate_speed", "error_json", "total_time", "float_ip", "sub_tasks", "source_server"));
        var more = JSON.createObjectNode();
        for (var field : List.of("os_type", "migration_ip", "target_server", "clone_server")) {
            more.set(field, sample.get(field));
        }
        Files.writeString(directory.resolve("more.json"), more.toString());

        var wanted = wanted(Map.ofEntries(
                Map.entry("task_name", "MigrationTask"),
                Map.entry("migration_type", "MIGRATE_BLOCK"),
                Map.entry("priority", "1"),
                Map.entry("speed_limit_mbit", "0"),
                Map.entry("start_target_server", "true"),
                Map.entry("vm_template_id", "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxx0001"),
                Map.entry("target_region_name", "region name"),
                Map.entry("target_region", "region id"),
                Map.entry("target_project_name", "project name"),
                Map.entry("target_project_id", "xxxxxxxxxxxxxxxxxxxxxxxx00000001"),
                Map.entry("update_json", "@more.json")));

        assertThat(wanted.fields()).isEqualTo(sample);
    }

    @Test
    void onlyWhatDiffersIsSent() {
        var wanted = wanted(Map.of("priority", "2", "speed_limit_mbit", "50", "use_public_ip", "true"));
        var shown = JSON.readTree("{\"priority\": \"2\", \"speed_limit\": null}");

        var missing = wanted.missingIn(shown);

        assertThat(missing.toString()).isEqualTo("{\"speed_limit\":50,\"use_public_ip\":true}");
        assertThat(WantedTask.differences(shown, missing))
                .containsExactly("speed_limit: null -> 50", "use_public_ip: (not shown) -> true");
        assertThat(wanted.contradictedBy(shown)).containsExactly("speed_limit");
    }

    @Test
    void aFileThatChangesWhileTheRunGoesOnChangesNothing() throws IOException {
        var file = Files.writeString(directory.resolve("task.json"), "{\"priority\": 2}");
        var wanted = wanted(Map.of("update_json", "@task.json", "speed_limit_rules", "08:00-18:00=50"));

        var kept = wanted.text();
        Files.writeString(file, "{\"priority\": 0}");

        assertThat(WantedTask.read(kept)).isEqualTo(wanted);
    }

    @Test
    void aNestedObjectMayShowMoreThanIsWanted() {
        var wanted = wanted(Map.of("update_json", "{\"target_server\": {\"disks\": [{\"disk_id\": \"7\"}]}}"));

        assertThat(wanted.contradictedBy(JSON.readTree(
                        "{\"target_server\": {\"name\": \"x\", \"disks\": [{\"disk_id\": \"7\", \"size\": 1}]}}")))
                .isEmpty();
        assertThat(wanted.contradictedBy(JSON.readTree("{\"target_server\": {\"disks\": [{\"disk_id\": \"0\"}]}}")))
                .containsExactly("target_server");
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "sub_tasks", "error_json", "start_date", "total_time"})
    void whatBelongsToTheAgentIsRefusedByName(String field) throws Exception {
        Files.writeString(directory.resolve("more.json"), "{\"%s\": 1}".formatted(field));

        assertThatThrownBy(() -> wanted(Map.of("update_json", "@more.json")))
                .hasMessageContaining("the field " + field + " belongs to the agent");
    }

    @Test
    void speedLimitsByTimeOfDayAreThoseOfThePage() {
        var wanted = wanted(Map.of("speed_limit_rules", "08:00-18:00=50;18:00-08:00=0"));

        assertThat(wanted.rules().toString())
                .isEqualTo("[{\"start\":\"08:00\",\"end\":\"18:00\",\"speed\":50},"
                        + "{\"start\":\"18:00\",\"end\":\"08:00\",\"speed\":0}]");
        assertThat(wanted.fields()).isEmpty();
    }

    @Test
    void noSpeedLimitsAreSomethingElseThanNothingSaidOfThem() {
        var none = WantedTask.read(wanted(Map.of("speed_limit_rules", "none")).text());
        var silent = WantedTask.read(wanted(Map.of("priority", "1")).text());

        assertThat(none.rules()).isEmpty();
        assertThat(none.hasRules(JSON.readTree("{\"speed_limit\": []}"))).isTrue();
        assertThat(none.hasRules(JSON.readTree("{\"speed_limit\": [{\"start\": \"08:00\"}]}")))
                .isFalse();
        assertThat(silent.wantsRules()).isFalse();
        assertThat(silent).isEqualTo(WantedTask.read("{\"fields\": {\"priority\": 1}, \"rules\": []}"));
    }

    @Test
    void speedLimitsThatMeanTheSameAreTheSame() {
        var wanted = wanted(Map.of(
                "speed_limit_rules", "8:00-18:00=50@20;18:00-24:00=0;0:00-08:00=7@10", "over_speed_threshold", "30"));

        assertThat(wanted.hasRules(JSON.readTree("""
                {"speed_limit": [{"start": "18:00", "end": "00:00", "speed": 0, "over_speed_threshold": 30.0},
                 {"start": "0:00", "end": "8:00", "speed": 7},
                 {"start": "08:00", "end": "18:00", "speed": 50, "over_speed_threshold": 20}]}"""))).isTrue();
        assertThat(wanted.hasRules(JSON.readTree("""
                {"speed_limit": [{"start": "18:00", "end": "00:00", "speed": 0},
                 {"start": "0:00", "end": "8:00", "speed": 7},
                 {"start": "08:00", "end": "18:00", "speed": 50, "over_speed_threshold": 20}]}"""))).isFalse();
    }

    private WantedTask wanted(Map<String, String> cells) {
        return WantedTask.of(InventoryRow.restore(1, 2, cells, Map.of()), directory);
    }
}
