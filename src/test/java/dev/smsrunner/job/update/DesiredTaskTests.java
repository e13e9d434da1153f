package dev.smsrunner.job.update;

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
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Comparison of a desired task with the shown one. */
class DesiredTaskTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    Path directory;

    @Test
    void fieldsHaveNamesAndKindsOfThePage() {
        var desired = desired(Map.of(
                "task_name", "MigrationTask",
                "migration_type", "migrate_block",
                "priority", "1",
                "speed_limit_mbit", "0",
                "start_target_server", "yes",
                "vm_template_id", "t-1",
                "target_region", "region-id",
                "target_project_name", "project name",
                "update_json", "{\"os_type\": \"WINDOWS\"}"));

        assertThat(desired.fields()).isEqualTo(JSON.readTree("""
                {"name": "MigrationTask", "type": "MIGRATE_BLOCK", "os_type": "WINDOWS", "priority": 1, "speed_limit": 0,
                 "start_target_server": true, "vm_template_id": "t-1", "region_id": "region-id",
                 "project_name": "project name"}"""));
    }

    /** Example of the page without the fields of the agent: by columns where there are any, else by JSON. */
    @Test
    void writableFieldsOfThePageExampleAreSent() throws Exception {
        var sample = (ObjectNode) JSON.readTree(getClass().getResourceAsStream("/api/update-task-sample.json"));
        sample.remove(List.of("state", "estimate_complete_time", "create_date", "start_date", "finish_date"));
        sample.remove(List.of("migrate_speed", "error_json", "total_time", "float_ip", "sub_tasks", "source_server"));
        var more = JSON.createObjectNode();
        for (var field : List.of("os_type", "migration_ip", "target_server", "clone_server")) {
            more.set(field, sample.get(field));
        }
        Files.writeString(directory.resolve("more.json"), more.toString());

        var desired = desired(Map.ofEntries(
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

        assertThat(desired.fields()).isEqualTo(sample);
    }

    @Test
    void onlyDifferingFieldsAreSent() {
        var desired = desired(Map.of("priority", "2", "speed_limit_mbit", "50", "use_public_ip", "true"));
        var shown = JSON.readTree("{\"priority\": \"2\", \"speed_limit\": null}");

        var missing = desired.fieldsToSend(shown);

        assertThat(missing.toString()).isEqualTo("{\"speed_limit\":50,\"use_public_ip\":true}");
        assertThat(desired.differences(shown))
                .containsExactlyInAnyOrder("speed_limit: null -> 50", "use_public_ip: (not shown) -> true");
        assertThat(desired.differingFields(shown)).containsExactly("speed_limit");
    }

    @Test
    void laterFileChangeHasNoEffect() throws IOException {
        var file = Files.writeString(directory.resolve("task.json"), "{\"priority\": 2}");
        var desired = desired(Map.of("update_json", "@task.json", "speed_limit_rules", "08:00-18:00=50"));

        var stored = desired.toJson();
        Files.writeString(file, "{\"priority\": 0}");

        assertThat(DesiredTask.restore(stored)).isEqualTo(desired);
    }

    @Test
    void nestedObjectMayShowMoreFields() {
        var desired = desired(Map.of("update_json", "{\"target_server\": {\"disks\": [{\"disk_id\": \"7\"}]}}"));

        assertThat(desired.differingFields(JSON.readTree(
                        "{\"target_server\": {\"name\": \"x\", \"disks\": [{\"disk_id\": \"7\", \"size\": 1}]}}")))
                .isEmpty();
        assertThat(desired.differingFields(JSON.readTree("{\"target_server\": {\"disks\": [{\"disk_id\": \"0\"}]}}")))
                .containsExactly("target_server.disks[0]");
    }

    /** Desired value, shown value, differing fields, hidden fields. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "{'priority': 2}                         | {'priority': 2}                       | -        | -",
                "{'priority': 2}                         | {'priority': '2'}                     | -        | -",
                "{'priority': 2}                         | {'priority': 1}                       | priority | -",
                "{'priority': 2}                         | {'priority': null}                    | priority | -",
                "{'priority': 2}                         | {}                                    | - | priority",
                "{'name': 'a'}                           | {'name': 'A'}                         | name     | -",
                "{'migration_ip': null}                  | {'migration_ip': null}                | -        | -",
                "{'migration_ip': null}                  | {}                                    | -        | -",
                "{'migration_ip': null}                  | {'migration_ip': '10.0.0.1'}          | migration_ip | -",
                "{'exist_server': true}                  | {}                                    | - | exist_server",
                "{'exist_server': true}                  | {'exist_server': null}                | - | exist_server",
                "{'exist_server': true}                  | {'exist_server': false}               | exist_server | -",
                "{'use_public_ip': false}                | {'use_public_ip': null}               | - | use_public_ip",
                "{'clone_server': {'name': 'a'}}         | {'clone_server': null}                | - | clone_server",
                "{'clone_server': {'name': 'a'}}         | {'clone_server': {'name': 'b'}}       | - | clone_server.name",
                "{'clone_server': {'name': 'a'}}         | {'clone_server': {'name': 'a'}}       | -        | -",
                "{'target_server': {'name': 'a'}}        | {'target_server': {'name': 'a', 'vm_id': ''}} | - | -",
                "{'target_server': {'flavor': 'a'}}      | {'target_server': {'name': 'a'}}      | - | target_server.flavor",
                "{'target_server': {'name': 'a'}}        | {'target_server': null}               | target_server | -",
                "{'target_server': {'ip': null}}         | {'target_server': {'ip': '10.0.0.1'}} | -        | -",
                "{'target_server': {'volume_groups': []}} | {'target_server': {'volume_groups': []}} | -    | -",
                "{'target_server': {'volume_groups': []}} | {'target_server': {'volume_groups': [{'name': 'a'}]}} | target_server.volume_groups | -",
                "{'target_server': {'disks': [{'name': 'b', 'size': 2}, {'name': 'a', 'size': 1}]}} | {'target_server': {'disks': [{'name': 'a', 'size': 1}, {'name': 'b', 'size': 2}, {'name': 'c'}]}} | - | -",
                "{'target_server': {'disks': [{'name': 'b', 'size': 3}]}} | {'target_server': {'disks': [{'name': 'a', 'size': 3}, {'name': 'b', 'size': 2}]}} | target_server.disks[0].size | -",
                "{'target_server': {'disks': [{'id': 7, 'name': 'x'}]}} | {'target_server': {'disks': [{'id': 7, 'name': 'y'}, {'id': 8, 'name': 'x'}]}} | target_server.disks[0].name | -",
                "{'target_server': {'disks': [{'name': 'a', 'physical_volumes': [{'mount_point': '/b', 'size': 2}]}]}} | {'target_server': {'disks': [{'name': 'a', 'physical_volumes': [{'mount_point': '/a', 'size': 1}, {'mount_point': '/b', 'size': 2}]}]}} | - | -",
                "{'target_server': {'btrfs_list': [{'name': 'root'}]}} | {'target_server': {'btrfs_list': ['root']}} | - | target_server.btrfs_list[0]",
                "{'target_server': {'btrfs_list': [{'uuid': 'u', 'name': 'root'}]}} | {'target_server': {'btrfs_list': ['u']}} | - | target_server.btrfs_list[0]",
                "{'target_server': {'btrfs_list': [{'name': 'home'}]}} | {'target_server': {'btrfs_list': ['root']}} | target_server.btrfs_list[0] | -",
                "{'target_server': {'btrfs_list': []}}   | {'target_server': {'btrfs_list': ['root']}} | target_server.btrfs_list | -"
            })
    void comparisonSeparatesDifferingFromHidden(String fields, String shown, String different, String unseen) {
        var desired = new DesiredTask((ObjectNode) json(fields), null);

        assertThat(desired.differingFields(json(shown))).isEqualTo(different == null ? List.of() : List.of(different));
        assertThat(desired.hiddenFields(json(shown))).isEqualTo(unseen == null ? List.of() : List.of(unseen));
        assertThat(desired.fieldsToSend(json(shown)).isEmpty()).isEqualTo(different == null && unseen == null);
    }

    /** The page requires the whole object: ip, name, os_type, disks (UpdateTask, edition of 2024). */
    @Test
    void partOfTargetServerIsMerged() {
        var desired = desired(Map.of("update_json", """
                {"target_server": {"disks": [{"name": "Disk 1", "size": 99, "physical_volumes": [{"mount_point": "/", "size": 98}]}],
                 "volume_groups": [{"name": "vg", "logical_volumes": [{"name": "data", "size": 5}]}]}}"""));
        var shown = JSON.readTree("""
                {"id": "task", "state": "READY", "os_type": "LINUX", "migration_ip": null, "source_server": {"ip": "10.0.0.7"},
                 "target_server": {"name": "db-01", "vm_id": "", "btrfs_list": [], "flavor": null, "made_up": 1,
                  "disks": [
                   {"id": 1, "name": "Disk 0", "size": 10, "device_use": "BOOT", "physical_volumes": [], "need_migration": true},
                   {"id": 2, "name": "Disk 1", "size": 20, "device_use": "NORMAL", "physical_volumes": [
                    {"id": 3, "mount_point": "/boot", "size": 1}, {"id": 4, "mount_point": "/", "size": 18, "file_system": "ext4"}]}],
                  "volume_groups": [{"name": "vg", "size": 9, "logical_volumes": [
                   {"name": "data", "mount_point": "/data", "size": 4, "used_size": 1, "free_size": 3, "file_system": "xfs",
                    "inode_size": 256}]}]}}""");

        assertThat(desired.missingMandatory(shown)).isEmpty();
        assertThat(desired.updateBody(shown, DesiredTaskTests::notQueried)).isEqualTo(JSON.readTree("""
                {"target_server": {"ip": "10.0.0.7", "name": "db-01", "os_type": "LINUX", "vm_id": "", "btrfs_list": [],
                  "disks": [
                   {"id": 1, "name": "Disk 0", "size": 10, "device_use": "BOOT", "physical_volumes": []},
                   {"id": 2, "name": "Disk 1", "size": 99, "device_use": "NORMAL", "physical_volumes": [
                    {"id": 3, "mount_point": "/boot", "size": 1}, {"id": 4, "mount_point": "/", "size": 98, "file_system": "ext4"}]}],
                  "volume_groups": [{"name": "vg", "size": 9, "logical_volumes": [
                   {"name": "data", "mount_point": "/data", "size": 5, "used_size": 1, "free_size": 3, "file_system": "xfs",
                    "inode_size": 256}]}]}}"""));
    }

    @Test
    void rowValuesReplaceShownValues() {
        var desired = desired(Map.of(
                "priority",
                "2",
                "update_json",
                "{\"target_server\": {\"ip\": \"10.9.9.9\", \"os_type\": null, \"name\": \"new\"}}"));
        var shown = JSON.readTree("""
                {"priority": 2, "os_type": "WINDOWS", "migration_ip": "10.1.1.1",
                 "target_server": {"ip": "10.1.1.1", "name": "old", "disks": [{"name": "Disk 0"}]}}""");

        assertThat(desired.updateBody(shown, DesiredTaskTests::notQueried)).isEqualTo(JSON.readTree("""
                {"target_server": {"ip": "10.9.9.9", "name": "new", "os_type": "WINDOWS", "disks": [{"name": "Disk 0"}]}}"""));
    }

    @Test
    void btrfsNamesAreReplacedBySourceFileSystems() {
        var desired = desired(Map.of("update_json", "{\"target_server\": {\"name\": \"new\"}}"));
        var shown = json("{'target_server': {'name': 'old', 'disks': [], 'btrfs_list': ['root']}}");

        assertThat(desired.updateBody(shown, () -> json("[{'name': 'root', 'uuid': 'u', 'size': 3}]"))
                        .at("/target_server/btrfs_list"))
                .isEqualTo(json("[{'name': 'root', 'uuid': 'u', 'size': 3}]"));
    }

    @Test
    void missingMandatoryFieldIsNamed() {
        var desired = desired(Map.of("update_json", """
                {"target_server": {"name": "new", "volume_groups": [{"name": "vg", "logical_volumes": [{"name": "more", "size": 5}]}]}}"""));

        assertThat(desired.missingMandatory(json("{'target_server': {'volume_groups': [{'name': 'vg'}]}}")))
                .containsExactly(
                        "target_server.ip",
                        "target_server.os_type",
                        "target_server.disks",
                        "target_server.volume_groups[0].logical_volumes[0].file_system",
                        "target_server.volume_groups[0].logical_volumes[0].inode_size",
                        "target_server.volume_groups[0].logical_volumes[0].mount_point",
                        "target_server.volume_groups[0].logical_volumes[0].used_size",
                        "target_server.volume_groups[0].logical_volumes[0].free_size");
    }

    /** Value of the row, elements of the task, and plan or error. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'disks': [{'name': '/dev/vdz', 'size': 9}]} | {'disks': [{'name': '/dev/vda'}]} | adds disk /dev/vdz",
                "{'disks': [{'name': '/dev/vdz'}]} | {'disks': [{'name': '/dev/vda'}, {'name': '/dev/vdb'}]} | update_json: target_server.disks[0]: the task has no disk /dev/vdz (it has /dev/vda, /dev/vdb). Correct the name, or set size too, to add it.",
                "{'disks': [{'disk_id': '7', 'size': 1}]} | {'disks': [{'disk_id': '0', 'name': 'a'}]} | update_json: target_server.disks[0]: the task has no disk with disk_id 7 (it has 0). Correct the name, or set name too, to add it.",
                "{'disks': [{'name': 'z', 'size': 9, 'physical_volumes': [{'name': 'z1'}]}]} | {'disks': []} | update_json: target_server.disks[0]: the task has no disk z (it has none). Correct the name, or set physical_volumes[0].size too, to add it.",
                "{'disks': [{'name': 'a', 'physical_volumes': [{'name': 'a2', 'size': 1}]}]} | {'disks': [{'name': 'a', 'physical_volumes': [{'name': 'a1'}]}]} | adds partition a2 to a",
                "{'volume_groups': [{'name': 'vg', 'logical_volumes': [{'name': 'x', 'size': 1, 'used_size': 0, 'free_size': 1, 'file_system': 'xfs', 'mount_point': '/x'}]}]} | {'volume_groups': [{'name': 'vg', 'logical_volumes': []}]} | update_json: target_server.volume_groups[0].logical_volumes[0]: the task has no logical volume x in vg (it has none). Correct the name, or set inode_size too, to add it.",
                "{'btrfs_list': [{'name': 'root'}]} | {'btrfs_list': ['root']} | -",
                "{'disks': [{'name': 'a', 'size': 2}]} | {'disks': [{'name': 'a', 'size': 1}]} | -",
                "{'disks': [{'name': 'a'}]} | {'name': 'x'} | -"
            })
    void newElementNeedsAllFields(String target, String shown, String expected) {
        var desired = new DesiredTask((ObjectNode) json("{'target_server': %s}".formatted(target)), null);
        var task = json("{'target_server': %s}".formatted(shown));

        var said = desired.addedElements(task).stream()
                .map(element -> element.missing().isEmpty() ? element.intention() : element.problem())
                .toList();

        assertThat(said).isEqualTo(expected.equals("-") ? List.of() : List.of(expected));
        if (expected.startsWith("adds")) {
            assertThat(desired.differences(task)).containsExactly(expected);
        }
    }

    @Test
    void allFaultsOfAFileAreReported() throws IOException {
        Files.writeString(directory.resolve("more.json"), "{\"priority\": 9, \"target_server\": {\"memory\": -1}}");

        assertThatThrownBy(() -> desired(Map.of("update_json", "@more.json")))
                .hasMessage("update_json: $.priority: '9' is not a whole number from 0 to 2; write digits, no quotes."
                        + " update_json: $.target_server.memory: '-1' is not a whole number from 0 to"
                        + " 9223372036854775807; write digits, no quotes.");
    }

    private static JsonNode notQueried() {
        throw new AssertionError("no call is needed where ShowTask has no btrfs");
    }

    private static JsonNode json(String text) {
        return JSON.readTree(text.replace('\'', '"'));
    }

    @ParameterizedTest
    @ValueSource(strings = {"state", "sub_tasks", "error_json", "start_date", "total_time"})
    void agentFieldIsRefusedByName(String field) throws Exception {
        Files.writeString(directory.resolve("more.json"), "{\"%s\": 1}".formatted(field));

        assertThatThrownBy(() -> desired(Map.of("update_json", "@more.json")))
                .hasMessageContaining("the field " + field + " belongs to the agent");
    }

    @Test
    void speedLimitsHaveFormOfThePage() {
        var desired = desired(Map.of("speed_limit_rules", "08:00-18:00=50;18:00-08:00=0"));

        assertThat(desired.rules().toString())
                .isEqualTo("[{\"start\":\"08:00\",\"end\":\"18:00\",\"speed\":50},"
                        + "{\"start\":\"18:00\",\"end\":\"08:00\",\"speed\":0}]");
        assertThat(desired.fields()).isEmpty();
    }

    @Test
    void emptySpeedLimitsDifferFromUnset() {
        var none =
                DesiredTask.restore(desired(Map.of("speed_limit_rules", "none")).toJson());
        var silent = DesiredTask.restore(desired(Map.of("priority", "1")).toJson());

        assertThat(none.rules()).isEmpty();
        assertThat(none.hasRules(JSON.readTree("{\"speed_limit\": []}"))).isTrue();
        assertThat(none.hasRules(JSON.readTree("{\"speed_limit\": [{\"start\": \"08:00\"}]}")))
                .isFalse();
        assertThat(silent.wantsRules()).isFalse();
        assertThat(silent).isEqualTo(DesiredTask.restore("{\"fields\": {\"priority\": 1}, \"rules\": []}"));
    }

    @Test
    void equivalentSpeedLimitsAreEqual() {
        var desired = desired(Map.of(
                "speed_limit_rules", "8:00-18:00=50@20;18:00-24:00=0;0:00-08:00=7@10", "over_speed_threshold", "30"));

        assertThat(desired.hasRules(JSON.readTree("""
                {"speed_limit": [{"start": "18:00", "end": "00:00", "speed": 0, "over_speed_threshold": 30.0},
                 {"start": "0:00", "end": "8:00", "speed": 7},
                 {"start": "08:00", "end": "18:00", "speed": 50, "over_speed_threshold": 20}]}"""))).isTrue();
        assertThat(desired.hasRules(JSON.readTree("""
                {"speed_limit": [{"start": "18:00", "end": "00:00", "speed": 0},
                 {"start": "0:00", "end": "8:00", "speed": 7},
                 {"start": "08:00", "end": "18:00", "speed": 50, "over_speed_threshold": 20}]}"""))).isFalse();
    }

    private DesiredTask desired(Map<String, String> cells) {
        return DesiredTask.parse(InventoryRow.restore(1, 2, cells, Map.of()), directory);
    }
}
