package dev.smsrunner.sms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.cloud.CallListener;
import dev.smsrunner.cloud.Calls;
import dev.smsrunner.cloud.CloudHttp;
import dev.smsrunner.cloud.MutationGate;
import dev.smsrunner.cloud.StubService;
import java.io.IOException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Requests exactly as documented, and tolerant reading of answers. */
class HttpSmsApiTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String TASK = "7a9a9540-ff28-4869-b9e4-855fbe12e83b";
    private static final String SOURCE = "dcdbe339-b02d-4578-95a1-9c9c547d0001";

    private final StubService service = new StubService();
    private final CloudHttp http = Calls.to(service.url());
    private final SmsApi sms = new HttpSmsApi(http);

    @AfterEach
    void close() {
        http.close();
        service.close();
    }

    @Test
    void changeStateSendsTheExampleOfThePage() {
        sms.changeState(SOURCE, "WAITING", "cutovered");

        assertRequested(
                "PUT /v3/sources/" + SOURCE + "/changestate",
                "{\"copystate\":\"WAITING\",\"migrationcycle\":\"cutovered\"}");
    }

    @Test
    void changeStateOmitsMissingFields() {
        sms.changeState(SOURCE, null, "cutovered");

        assertRequested("PUT /v3/sources/" + SOURCE + "/changestate", "{\"migrationcycle\":\"cutovered\"}");
    }

    @Test
    void deleteTasksSendsItsIdsInOrder() {
        sms.deleteTasks(List.of(TASK, "b"));

        assertRequested("POST /v3/tasks/delete", "{\"ids\":[\"" + TASK + "\",\"b\"]}");
    }

    @Test
    void deleteSourcesSendsItsIdsInOrder() {
        sms.deleteSources(List.of(SOURCE, "b"));

        assertRequested("POST /v3/sources/delete", "{\"ids\":[\"" + SOURCE + "\",\"b\"]}");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 51})
    void deletionsOfNoneOrTooManyIdsAreNotSent(int count) {
        var ids = Collections.nCopies(count, TASK);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> sms.deleteTasks(ids))
                .withMessage("DeleteTasks has %d ids (must be 1 to 50)", count);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> sms.deleteSources(ids))
                .withMessage("DeleteServers has %d ids (must be 1 to 50)", count);
        assertThat(service.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "\"\"", "\"accepted\"", "{\"id\": \"b\"}", "{\"error_code\": \"\"}"})
    void deletionsAcceptEveryDocumentedAnswer(String answer) {
        service.respondWith(200, answer);

        assertThatNoException().isThrownBy(() -> sms.deleteTasks(List.of(TASK, "b")));
        assertThatNoException().isThrownBy(() -> sms.deleteSources(List.of(SOURCE, "b")));
    }

    @Test
    void anAnswerAboutAnotherDeletionIsNoAcceptance() {
        service.respondWith(200, "{\"id\": \"c\"}");

        assertThatThrownBy(() -> sms.deleteTasks(List.of("a", "b")))
                .hasMessageContaining("requested id a, b but the answer is about id c")
                .isInstanceOfSatisfying(
                        ApiException.class, ex -> assertThat(ex.kind()).isEqualTo(CallFailureKind.UNKNOWN));
    }

    static List<Consumer<SmsApi>> writes() {
        var body = JSON.createObjectNode();
        return List.of(
                sms -> sms.createTask(create()),
                sms -> sms.updateTask(TASK, body),
                sms -> sms.limitSpeed(TASK, JSON.createArrayNode()),
                sms -> sms.act(TASK, TaskAction.START),
                sms -> sms.changeState(SOURCE, "WAITING", null),
                sms -> sms.deleteTasks(List.of(TASK)),
                sms -> sms.deleteSources(List.of(SOURCE)));
    }

    @ParameterizedTest
    @MethodSource("writes")
    void writeCarriesTheDeadlineOfItsDecision(Consumer<SmsApi> write) {
        var deadline = Instant.parse("2026-11-21T22:01:00Z");
        MutationGate gate = request -> {
            throw new IllegalStateException("deadline " + request.deadline());
        };

        try (var guarded = Calls.to(service.url(), Calls.KEY, gate, CallListener.SILENT)) {
            var late = new HttpSmsApi(guarded).until(deadline);
            assertThatThrownBy(() -> write.accept(late)).hasMessage("deadline 2026-11-21T22:01:00Z");
        }
        assertThat(service.requests()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"start", "stop", "test", "restart", "network_check", "anything_new"})
    void actionsSendTheirOperationAlone(String operation) {
        sms.act(TASK, TaskAction.of(operation));

        assertRequested("POST /v3/tasks/" + TASK + "/action", "{\"operation\":\"" + operation + "\"}");
    }

    @Test
    void anActionSendsItsOptions() {
        sms.act(TASK, new TaskAction("clone_test", "t-1", true, false));

        assertRequested(
                "POST /v3/tasks/" + TASK + "/action",
                "{\"operation\":\"clone_test\",\"template_id\":\"t-1\",\"switch_hce\":true,\"is_need_consistency_check\":false}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{ }",
                "\"The management operation succeeded.\"",
                "success",
                "{\"id\":\"" + TASK + "\"}",
                "null"
            })
    void anActionAcceptsEveryAnswerInUse(String body) {
        service.respondWith(200, body);

        sms.act(TASK, TaskAction.of("start"));

        service.only();
    }

    @Test
    void updateSendsOnlyWhatChanges() {
        service.respondWith(200, "{\"id\":\"" + TASK + "\"}");

        sms.updateTask(
                TASK,
                new UpdateTask("renamed", "MIGRATE_FILE", null, null, false, null, null, 50, null, null, null, null));

        assertRequested(
                "PUT /v3/tasks/" + TASK,
                "{\"name\":\"renamed\",\"type\":\"MIGRATE_FILE\",\"exist_server\":false,\"speed_limit\":50}");
    }

    @Test
    void aFreeUpdateIsSentUnchanged() throws IOException {
        service.respondWith(200, "{\"id\":\"" + TASK + "\"}");
        ObjectNode sample = (ObjectNode) JSON.readTree(getClass().getResourceAsStream("/api/update-task-sample.json"));
        sample.remove(List.of("sub_tasks", "source_server", "state", "error_json"));

        sms.updateTask(TASK, sample);

        assertRequested("PUT /v3/tasks/" + TASK, sample.toString());
        assertThat(service.only().body())
                .contains("\"size\":42949672960", "\"disk_id\":\"0\"", "\"clone_server\":null");
    }

    @Test
    void speedLimitsAreSentAsTheDocumentedList() {
        String rules = "[{\"start\":\"08:00\",\"end\":\"18:00\",\"speed\":50,\"over_speed_threshold\":80},"
                + "{\"start\":\"18:00\",\"end\":\"08:00\",\"speed\":0}]";

        sms.limitSpeed(TASK, JSON.readTree(rules));

        assertRequested("POST /v3/tasks/" + TASK + "/speed-limit", "{\"speed_limit\":" + rules + "}");
    }

    @Test
    void speedLimitsAreRequestedByTask() {
        service.respondWith(200, "{\"speed_limit\":[{\"start\":\"08:00\",\"end\":\"18:00\",\"speed\":50}]}");

        assertThat(sms.showSpeedLimits(TASK).at("/speed_limit/0/speed").asInt()).isEqualTo(50);

        assertThat(service.only().method() + " " + service.only().target())
                .isEqualTo("GET /v3/tasks/" + TASK + "/speed-limit");
    }

    @Test
    void createSendsEveryFieldUnderItsName() {
        service.respondWith(200, "{\"id\":\"" + TASK + "\"}");

        String id = sms.createTask(create());

        assertThat(id).isEqualTo(TASK);
        assertRequested("POST /v3/tasks", """
                {"name":"erp_db_02","type":"MIGRATE_FILE","os_type":"LINUX","source_server":{"id":"s-1"},
                 "target_server":{"name":"erp-db-02","disks":[{"name":"Disk 0","size":42949672960,"used_size":1,"device_use":"BOOT",
                   "physical_volumes":[{"name":"/dev/vda1","size":5,"device_use":"OS","file_system":"ext4","mount_point":"/",
                     "index":0,"uuid":"u","used_size":4,"inode_size":256}]}],
                   "volume_groups":[{"name":"vg","components":"/dev/vdb","size":9,"free_size":1,"logical_volumes":[
                     {"name":"lv","size":8,"used_size":7,"free_size":1,"file_system":"xfs","mount_point":"/data","inode_size":512,
                      "block_count":2,"block_size":4096,"inode_nums":3,"device_use":"NORMAL"}]}],
                   "btrfs_list":[{"name":"b","label":"","uuid":"u","device":"/dev/vdc","size":1,"nodesize":2,"sectorsize":3,
                     "data_profile":"d","system_profile":"s","metadata_profile":"m","global_reserve1":"g","g_vol_used_size":4,
                     "default_subvolid":"5","default_subvol_name":"n","default_subvol_mountpath":"/b","subvolumn":[
                       {"uuid":"v","is_snapshot":"false","subvol_id":"6","parent_id":"5","subvol_name":"x","subvol_mount_path":"/b/x"}]}]},
                 "region_name":"Singapore","region_id":"ap-southeast-3","project_name":"main","project_id":"p1",
                 "vm_template_id":"t-1","exist_server":false,"migration_ip":"10.0.0.1","use_public_ip":true,"use_ipv6":false,
                 "start_target_server":true,"auto_start":false,"syncing":true,"priority":1,"speed_limit":0,
                 "over_speed_threshold":50.5,"start_network_check":true,"is_need_consistency_check":false,
                 "need_migration_test":false,"clonevm_template_id":"c-1"}
                """);
    }

    @Test
    void createOmitsMissingFieldsAndSendsEmptyLists() {
        service.respondWith(200, "{\"id\":\"x\"}");
        TargetLayout empty = new TargetLayout(null, null, null);

        sms.createTask(new CreateTask(
                "n",
                "MIGRATE_FILE",
                "LINUX",
                new SourceRef("s"),
                TargetServer.of("t", "vm", empty),
                "r",
                "r",
                "p",
                "p",
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null));

        assertRequested("POST /v3/tasks", """
                {"name":"n","type":"MIGRATE_FILE","os_type":"LINUX","source_server":{"id":"s"},
                 "target_server":{"name":"t","vm_id":"vm","disks":[],"volume_groups":[],"btrfs_list":[]},
                 "region_name":"r","region_id":"r","project_name":"p","project_id":"p"}
                """);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "null",
                "[]",
                "\"text\"",
                "{\"id\":\"\"}",
                "{\"id\":null}",
                "<html>ok</html>",
                "{\"id\":\"7a",
                "{\"task_id\":\"x\"}"
            })
    void aCreateWithoutAnIdIsUnknownAndNotSentAgain(String body) {
        service.respondWith(200, body);

        ApiException failure = Calls.failure(() -> sms.createTask(create()));

        assertThat(failure.kind()).isEqualTo(CallFailureKind.UNKNOWN);
        service.only();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>login</html>", "{\"id\":\"another\"}", "{\"error_code\":\"SMS.1\"}", "{\"id\""})
    void aWriteWithAForeignAnswerIsUnknown(String body) {
        service.respondWith(200, body);

        assertThat(Calls.failure(() -> sms.act(TASK, TaskAction.of("start"))).kind())
                .isEqualTo(CallFailureKind.UNKNOWN);
        service.only();
    }

    @Test
    void listSourcesRequestsAndReadsAPage() {
        service.respondWith(200, """
                {"count": 2, "new_field": {"a": [1]}, "source_servers": [
                  {"id":"s-1","name":"erp","ip":"10.0.0.1","os_type":"LINUX","os_version":"CENTOS_7_9_64BIT","state":"init",
                   "connected":"true","migration_cycle":"Replicating","replicatesize":"123","totalsize":456,"state_action_time":1598435778000,
                   "memory":{"odd":true},"checks":[null,{"name":"RSYNC","result":"ERROR","error_code":"SMS.0601","error_or_warn":"rsync"}],
                   "current_task":{"id":"t-1","name":"erp","state":"RUNNING","type":"MIGRATE_FILE","vm_template_id":null,
                      "target_server":{"vm_id":"v","name":"n"},"migrate_speed":"fast","remain_seconds":"","subtask_info":"ATTACH_AGENT_IMAGE-90"},
                   "init_target_server":{"disks":[{"name":"Disk 0","size":"42949672960","used_size":null,"device_use":"BOOT","physical_volumes":null}],
                      "volume_groups":null}},
                  {"id":"s-2","current_task":null,"checks":null,"connected":null}]}
                """);

        SourcePage page = sms.listSources(200, 100);

        assertThat(service.only().target()).isEqualTo("/v3/sources?limit=100&offset=200");
        assertThat(page.count()).isEqualTo(2);
        SourceServer first = page.sourceServers().get(0);
        assertThat(first.copyState()).isEqualTo(CopyState.INITIALIZE);
        assertThat(first.cycle()).isEqualTo(MigrationCycle.REPLICATING);
        assertThat(first.connected()).isTrue();
        assertThat(first.replicateSize()).isEqualTo(123);
        assertThat(first.totalSize()).isEqualTo(456);
        assertThat(first.checks()).containsExactly(new SourceCheck("RSYNC", "ERROR", "SMS.0601", "rsync"));
        assertThat(first.currentTask()).isNotNull();
        assertThat(first.currentTask().taskState()).isEqualTo(TaskState.RUNNING);
        assertThat(first.currentTask().targetServer()).isEqualTo(new ServerRef("v", "n"));
        assertThat(first.initTargetServer()).isNotNull();
        assertThat(first.initTargetServer().disks())
                .containsExactly(new Disk("Disk 0", 42949672960L, null, "BOOT", null, List.of()));
        SourceServer second = page.sourceServers().get(1);
        assertThat(second.currentTask()).isNull();
        assertThat(second.copyState()).isEqualTo(CopyState.ABSENT);
        assertThat(second.connected()).isNull();
    }

    /** The sweep needs the states of many servers, and their disks are most of the answer. */
    @Test
    void listSourceStatesLeavesOutDetailsOnly() {
        var answer = """
                {"count": 1, "source_servers": [
                  {"id":"s-1","name":"erp","state":"init","connected":"true","migration_cycle":"replicating",
                   "replicatesize":"123","totalsize":456,"is_consistency_result_exist":true,
                   "checks":[{"name":"RSYNC","result":"ERROR","error_code":"SMS.0601","error_or_warn":"rsync"}],
                   "current_task":{"id":"t-1","state":"RUNNING","target_server":{"vm_id":"v","name":"n"}},
                   "init_target_server":{"disks":[{"name":"Disk 0","size":"42949672960"}],"volume_groups":[]},
                   "disks":[{"name":"Disk 0"}],"volume_groups":[{"name":"vg"}],"btrfs_list":[{"name":"b"}]}]}
                """;
        service.respondWith(200, answer);
        var whole = sms.listSources(0, 200).sourceServers().get(0);
        service.respondWith(200, answer);

        var states = sms.listSourceStates(0, 200).sourceServers();

        assertThat(service.requests().get(1).target()).isEqualTo("/v3/sources?limit=200&offset=0");
        assertThat(whole.disks()).hasSize(1);
        assertThat(states)
                .usingRecursiveFieldByFieldElementComparatorIgnoringFields(
                        "checks", "initTargetServer", "disks", "volumeGroups", "btrfsList")
                .containsExactly(whole);
        assertThat(states.get(0).disks()).isEmpty();
        assertThat(states.get(0).initTargetServer()).isNull();
    }

    @Test
    void anEmptyAccountIsNotAnError() {
        service.respondWith(200, "{\"count\":0,\"source_servers\":[]}");
        assertThat(sms.listSources(0, 200).sourceServers()).isEmpty();

        service.respondWith(200, "{\"count\":0,\"source_servers\":null}");
        assertThat(sms.listSources(0, 200).sourceServers()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "",
                "[]",
                "{\"count\":3}",
                "{\"count\":3,\"source_servers\":null}",
                "{\"source_servers\":{}}",
                "<html/>",
                "{\"count\":1,\"source_servers\":[{\"id\":"
            })
    void anInvalidListIsRetriedAndThenUnknown(String body) {
        service.respondWith(200, body);

        assertThat(Calls.failure(() -> sms.listSources(0, 200)).kind()).isEqualTo(CallFailureKind.UNKNOWN);
        assertThat(service.requests()).hasSize(8);
    }

    @Test
    void showTaskReadsTheError() {
        service.respondWith(200, """
                {"id":"%s","name":"MigrationTask","type":"MIGRATE_BLOCK","os_type":"WINDOWS","state":"MIGRATE_FAIL","estimate_complete_time":null,
                 "create_date":1598435778000,"start_date":1598435784000,"finish_date":null,"priority":1,"speed_limit":0,"migrate_speed":0.0,
                 "start_target_server":true,"error_json":"{\\"error_code\\":\\"SMS.0210\\",\\"error_param\\":[\\"x\\"]}","total_time":115,"float_ip":null,
                 "migration_ip":null,"source_server":{"id":"s-1","state":"error"},"target_server":{"vm_id":"","btrfs_list":["text"]},
                 "sub_tasks":[{"id":7278,"name":"CREATE_CLOUD_SERVER","progress":120,"user_op":"REPLICATE"}],"clone_server":null,"syncing":"false"}
                """.formatted(TASK));

        MigrationTask task = sms.showTask(TASK);

        assertThat(service.only().target()).isEqualTo("/v3/tasks/" + TASK);
        assertThat(task.taskState()).isEqualTo(TaskState.MIGRATE_FAIL);
        assertThat(task.taskError()).isEqualTo(new TaskError("SMS.0210", "x"));
        assertThat(task.sourceServerId()).isEqualTo("s-1");
        assertThat(task.syncing()).isFalse();
    }

    @Test
    void anAnswerAboutAnotherIdRaisesTheAlarm() {
        service.respondWith(200, "{\"id\":\"another\"}");

        ApiException failure = Calls.failure(() -> sms.showTask(TASK));

        assertThat(failure.kind()).isEqualTo(CallFailureKind.UNKNOWN);
        assertThat(failure).hasMessageContaining("ALARM: requested id " + TASK + " but the answer is about id another");
    }

    @Test
    void tasksOfOneSourceAreRequestedById() {
        service.respondWith(
                200,
                "{\"count\":1,\"tasks\":[{\"id\":\"t-1\",\"state\":\"READY\",\"source_server\":{\"id\":\"s-1\"}}]}");

        TaskPage page = sms.listTasks("s-1", 0, 100);

        assertThat(service.only().target()).isEqualTo("/v3/tasks?source_server_id=s-1&limit=100&offset=0");
        assertThat(page.tasks().get(0).sourceServerId()).isEqualTo("s-1");
    }

    @Test
    void templatesAreReadInBothForms() {
        service.respondWith(
                200, "{\"template\":{\"id\":\"v-1\",\"name\":\"small\",\"is_template\":true,\"projectid\":\"p\"}}");
        assertThat(sms.showTemplate("v-1").projectId()).isEqualTo("p");

        service.respondWith(200, "{\"id\":\"v-1\",\"name\":\"small\",\"is_template\":false}");
        assertThat(sms.showTemplate("v-1").isTemplate()).isFalse();

        service.respondWith(200, "{\"count\":1,\"templates\":[{\"id\":\"v-1\"}]}");
        assertThat(sms.listTemplates(0, 100).templates()).hasSize(1);
        assertThat(service.requests().get(2).target()).isEqualTo("/v3/vm/templates?limit=100&offset=0");
    }

    @Test
    void consistencyResultIsRequestedByTask() {
        service.respondWith(
                200,
                "{\"task_id\":\"" + TASK + "\",\"result_list\":[{\"finished_time\":5,\"check_result\":\"\","
                        + "\"consistency_result\":[{\"dir_check\":\"/\",\"num_different_files\":2}]}]}");

        var result = sms.showConsistencyResult(TASK).orElseThrow();

        assertThat(service.only().method()).isEqualTo("GET");
        assertThat(service.only().target()).isEqualTo("/v3/tasks/" + TASK + "/consistency-result");
        assertThat(result.differingFiles()).isEqualTo(2);
    }

    @Test
    void listSourcesReportsWhetherAConsistencyResultExists() {
        service.respondWith(
                200,
                "{\"count\":3,\"source_servers\":[{\"id\":\"a\",\"is_consistency_result_exist\":true},"
                        + "{\"id\":\"b\",\"is_consistency_result_exist\":false},{\"id\":\"c\"}]}");

        assertThat(sms.listSources(0, 200).sourceServers())
                .extracting(SourceServer::consistencyResultExist)
                .containsExactly(true, false, null);
    }

    @Test
    void aBlankIdNeverBecomesAListRequest() {
        assertThatThrownBy(() -> sms.showTask("")).isInstanceOf(IllegalArgumentException.class);
        assertThat(service.requests()).isEmpty();
    }

    private void assertRequested(String line, String body) {
        StubService.RecordedRequest asked = service.only();
        assertThat(asked.method() + " " + asked.target()).isEqualTo(line);
        assertThat(JSON.readTree(asked.body())).isEqualTo(JSON.readTree(body));
    }

    private static CreateTask create() {
        PhysicalVolume volume = new PhysicalVolume("/dev/vda1", 5L, "OS", "ext4", "/", 0, "u", 4L, 256L);
        Disk disk = new Disk("Disk 0", 42949672960L, 1L, "BOOT", null, List.of(volume));
        LogicalVolume logical = new LogicalVolume("lv", 8L, 7L, 1L, "xfs", "/data", 512L, 2L, 4096L, 3L, "NORMAL");
        VolumeGroup group = new VolumeGroup("vg", "/dev/vdb", 9L, 1L, List.of(logical));
        BtrfsSubvolume sub = new BtrfsSubvolume("v", "false", "6", "5", "x", "/b/x");
        BtrfsFileSystem btrfs = new BtrfsFileSystem(
                "b", "", "u", "/dev/vdc", 1L, 2L, 3L, "d", "s", "m", "g", 4L, "5", "n", "/b", List.of(sub));
        TargetServer target =
                TargetServer.of("erp-db-02", null, new TargetLayout(List.of(disk), List.of(group), List.of(btrfs)));
        return new CreateTask(
                "erp_db_02",
                "MIGRATE_FILE",
                "LINUX",
                new SourceRef("s-1"),
                target,
                "Singapore",
                "ap-southeast-3",
                "main",
                "p1",
                "t-1",
                false,
                "10.0.0.1",
                true,
                false,
                true,
                false,
                true,
                1,
                0,
                50.5,
                true,
                false,
                false,
                "c-1");
    }
}
