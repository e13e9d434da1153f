package dev.smsrunner.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.huaweicloud.sdk.core.auth.GlobalCredentials;
import com.huaweicloud.sdk.core.exception.ClientRequestException;
import com.huaweicloud.sdk.sms.v3.SmsClient;
import com.huaweicloud.sdk.sms.v3.model.*;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Calls the simulator with the vendor's client: its model classes, signatures and parsers. Neither the runner's client nor
 * the simulator was derived from this implementation of the API.
 */
class VendorSdkTests {

    private static final String ACCESS_KEY = "VENDORACCESSKEY";
    private static final String SECRET = "vendor/secret+key";

    @TempDir
    private Path directory;

    /** One second per virtual hour. The vendor's client signs with the real time, so this clock may differ by minutes only. */
    private final ManualClock clock = new ManualClock(Instant.now());

    private Simulator simulator;
    private SmsClient sms;

    @BeforeEach
    void start() throws IOException {
        simulator = start(SimulatorCredentials.ofKeys(ACCESS_KEY, SECRET));
        sms = client(new GlobalCredentials().withAk(ACCESS_KEY).withSk(SECRET));
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    /** Calls every operation of the vendor's client that the simulator supports at least once. */
    @TestFactory
    Stream<DynamicTest> everySupportedOperation() {
        return Stream.of(
                DynamicTest.dynamicTest("sources", this::sources),
                DynamicTest.dynamicTest("templates", this::templates),
                DynamicTest.dynamicTest("templates of the account", this::ownTemplates),
                DynamicTest.dynamicTest("migration projects", this::projects),
                DynamicTest.dynamicTest("the account", this::account),
                DynamicTest.dynamicTest("tasks", this::tasks),
                DynamicTest.dynamicTest("settings of a task", this::settings),
                DynamicTest.dynamicTest("states of a migration", this::statesOfAMigration),
                DynamicTest.dynamicTest("other operations on a task", this::otherOperations),
                DynamicTest.dynamicTest("errors", this::errors),
                DynamicTest.dynamicTest("removal", this::removal),
                DynamicTest.dynamicTest("all of them were called", this::allWereCalled));
    }

    private void sources() {
        var page = sms.listServers(new ListServersRequest().withLimit(5).withOffset(1));
        assertThat(page.getCount()).isEqualTo(12);
        assertThat(page.getSourceServers())
                .extracting(SourceServersResponseBody::getName)
                .containsExactly("erp-app-02", "erp-app-03", "erp-db-01", "erp-db-02", "erp-web-01");
        assertThat(page.getSourceServers()).allSatisfy(source -> {
            assertThat(source.getState()).isEqualTo(SourceServersResponseBody.StateEnum.WAITING);
            assertThat(source.getMigrationCycle()).isEqualTo(SourceServersResponseBody.MigrationCycleEnum.CHECKING);
            assertThat(source.getConnected()).isTrue();
            assertThat(source.getMemory()).isGreaterThan(1L << 30);
            assertThat(source.getChecks())
                    .extracting(EnvironmentCheck::getResult)
                    .containsOnly(EnvironmentCheck.ResultEnum.OK);
            assertThat(source.getInitTargetServer().getDisks()).isNotEmpty();
            assertThat(source.getAddDate()).isPositive();
        });
        var filtered = sms.listServers(new ListServersRequest()
                .withState(ListServersRequest.StateEnum.WAITING)
                .withMigrationCycle(ListServersRequest.MigrationCycleEnum.CHECKING)
                .withConnected(true)
                .withName("erp-db-01"));
        assertThat(filtered.getSourceServers())
                .extracting(SourceServersResponseBody::getName)
                .containsExactly("erp-db-01");

        var shown = show("erp-app-01");
        assertThat(shown.getHostname()).isEqualTo("erp-app-01");
        assertThat(shown.getFirmware())
                .isIn(ShowServerResponse.FirmwareEnum.BIOS, ShowServerResponse.FirmwareEnum.UEFI);
        assertThat(shown.getDisks())
                .isNotEmpty()
                .allSatisfy(disk -> assertThat(disk.getPhysicalVolumes())
                        .isNotEmpty()
                        .allSatisfy(volume -> assertThat(volume.getSize()).isPositive()));
        assertThat(shown.getNetworks()).extracting(NetWork::getIp).containsExactly(shown.getIp());

        sms.updateServerName(new UpdateServerNameRequest()
                .withSourceId(shown.getId())
                .withBody(new PutSourceServerBody().withName("renamed-01")));
        assertThat(sms.showServer(new ShowServerRequest().withSourceId(shown.getId()))
                        .getName())
                .isEqualTo("renamed-01");
        assertThat(sms.showOverview(new ShowOverviewRequest()).getWaiting()).isEqualTo(12);

        sms.updateCopyState(new UpdateCopyStateRequest()
                .withSourceId(shown.getId())
                .withBody(new PutCopyStateReq()
                        .withCopystate(PutCopyStateReq.CopystateEnum.REPLICATE)
                        .withMigrationcycle(PutCopyStateReq.MigrationcycleEnum.fromValue("replicating"))));
        var written = sms.showServer(new ShowServerRequest().withSourceId(shown.getId()));
        assertThat(written.getState()).isEqualTo(ShowServerResponse.StateEnum.REPLICATE);
        assertThat(written.getMigrationCycle()).isEqualTo(ShowServerResponse.MigrationCycleEnum.REPLICATING);
        assertThat(sms.showOverview(new ShowOverviewRequest()).getReplicate()).isEqualTo(1);
    }

    private void templates() {
        var listed = sms.listTemplates(new ListTemplatesRequest().withLimit(50));
        assertThat(listed.getCount()).isEqualTo(listed.getTemplates().size()).isPositive();
        var first = listed.getTemplates().get(0);
        assertThat(first.getVolumetype()).isEqualTo(TemplateResponseBody.VolumetypeEnum.SSD);
        assertThat(first.getVpc().getCidr()).isEqualTo("10.200.0.0/16");
        assertThat(first.getNics()).hasSize(1);

        var shown = sms.showTemplate(new ShowTemplateRequest().withId(first.getId()));
        assertThat(shown.getTemplate()).isEqualTo(first);
        assertThat(refusalOf(() -> sms.showTemplate(new ShowTemplateRequest().withId("none")))
                        .getErrorCode())
                .isEqualTo("SMS.7101");
    }

    private void ownTemplates() {
        var request = new TemplateRequest()
                .withName("erp")
                .withIsTemplate(true)
                .withRegion("ap-southeast-3")
                .withProjectid("p-1")
                .withFlavor("s6.large.2")
                .withTargetPassword("never shown again");
        var id = sms.createTemplate(new CreateTemplateRequest().withBody(new CreateTemplateReq().withTemplate(request)))
                .getId();
        var created = sms.showTemplate(new ShowTemplateRequest().withId(id)).getTemplate();
        assertThat(created.getName()).isEqualTo("erp");
        assertThat(created.getIsTemplate()).isEqualTo("true");
        assertThat(created.getTargetPassword()).isNull();

        sms.updateTemplate(new UpdateTemplateRequest()
                .withId(id)
                .withBody(new UpdateTemplateReq().withTemplate(request.withName("erp_large"))));
        assertThat(sms.listTemplates(new ListTemplatesRequest().withName("erp_large"))
                        .getTemplates())
                .extracting(TemplateResponseBody::getId)
                .containsExactly(id);

        var other = sms.createTemplate(
                        new CreateTemplateRequest().withBody(new CreateTemplateReq().withTemplate(request)))
                .getId();
        assertThat(other).isNotEqualTo(id);
        sms.deleteTemplate(new DeleteTemplateRequest().withId(id));
        sms.deleteTemplates(new DeleteTemplatesRequest().withBody(new DeletetemplatesReq().withIds(List.of(other))));
        assertThat(sms.listTemplates(new ListTemplatesRequest()).getCount()).isEqualTo(4);
    }

    private void projects() {
        var project = new PostMigProjectBody()
                .withName("wave_3")
                .withDescription("third wave")
                .withIsdefault(false)
                .withRegion("ap-southeast-3")
                .withSpeedLimit(50)
                .withUsePublicIp(true)
                .withExistServer(false)
                .withType(PostMigProjectBody.TypeEnum.MIGRATE_FILE)
                .withSyncing(true)
                .withStartTargetServer(true);
        var id = sms.createMigproject(new CreateMigprojectRequest().withBody(project))
                .getId();
        var shown = sms.showMigproject(new ShowMigprojectRequest().withMigProjectId(id));
        assertThat(shown.getSpeedLimit()).isEqualTo(50);
        assertThat(shown.getSyncing()).isTrue();
        assertThat(shown.getIsdefault()).isFalse();

        sms.updateMigproject(new UpdateMigprojectRequest()
                .withMigProjectId(id)
                .withBody(new MigProject().withName("wave_4").withUsePublicIp(false)));
        sms.updateDefaultMigproject(new UpdateDefaultMigprojectRequest().withMigProjectId(id));
        var listed = sms.listMigprojects(new ListMigprojectsRequest().withLimit(10));
        assertThat(listed.getCount()).isEqualTo(2);
        assertThat(listed.getMigprojects())
                .extracting(MigprojectsResponseBody::getName, MigprojectsResponseBody::getIsdefault)
                .containsExactly(tuple("default-migration-project", false), tuple("wave_4", true));

        var first = listed.getMigprojects().get(0).getId();
        sms.updateDefaultMigproject(new UpdateDefaultMigprojectRequest().withMigProjectId(first));
        sms.deleteMigproject(new DeleteMigprojectRequest().withMigProjectId(id));
        assertThat(refusalOf(() -> sms.showMigproject(new ShowMigprojectRequest().withMigProjectId(id)))
                        .getHttpStatusCode())
                .isEqualTo(400);
    }

    private void account() {
        assertThat(sms.showPrivacyAgreements(new ShowPrivacyAgreementsRequest()).getFlag())
                .isFalse();
        sms.createPrivacyAgreements(new CreatePrivacyAgreementsRequest());
        assertThat(sms.showPrivacyAgreements(new ShowPrivacyAgreementsRequest()).getFlag())
                .isTrue();
        assertThat(sms.listApiVersion(new ListApiVersionRequest()).getVersions())
                .extracting(Version::getId)
                .containsExactly("v3");
        assertThat(sms.showApiVersion(new ShowApiVersionRequest().withVersion("v3"))
                        .getStatus())
                .isEqualTo("CURRENT");
    }

    private void settings() {
        var id = create(show("erp-web-01"), true);
        sms.uploadSpecialConfigurationSetting(new UploadSpecialConfigurationSettingRequest()
                .withTaskId(id)
                .withBody(new ConfigurationRequestBody()
                        .withConfigurations(List.of(
                                setting("MIGRATE_EXCLUDE_DIR", "/var/cache"), setting("LINUX_CPU_LIMIT", "50")))));
        sms.uploadSpecialConfigurationSetting(new UploadSpecialConfigurationSettingRequest()
                .withTaskId(id)
                .withBody(
                        new ConfigurationRequestBody().withConfigurations(List.of(setting("LINUX_CPU_LIMIT", "30")))));
        var all = sms.showConfigSetting(new ShowConfigSettingRequest().withTaskId(id));
        assertThat(all.getMigrateType()).isIn("LINUX_MIGRATE_FILE", "WINDOWS_MIGRATE_BLOCK");
        assertThat(all.getConfigurations())
                .extracting(ConfigBody::getConfigKey, ConfigBody::getConfigValue)
                .containsExactlyInAnyOrder(tuple("MIGRATE_EXCLUDE_DIR", "/var/cache"), tuple("LINUX_CPU_LIMIT", "30"));
        assertThat(sms.showConfigSetting(
                                new ShowConfigSettingRequest().withTaskId(id).withConfigKey("LINUX_CPU_LIMIT"))
                        .getConfigurations())
                .containsExactly(setting("LINUX_CPU_LIMIT", "30"));

        sms.collectLog(new CollectLogRequest()
                .withTaskId(id)
                .withBody(new UploadLogRequestBody().withLogBucket("logs-of-wave-3")));
        var listed = sms.listTasks(new ListTasksRequest().withId(id)).getTasks().get(0);
        assertThat(listed.getLogCollectStatus().getValue()).isEqualTo("UPLOADED"); // a value of the newer edition
        assertThat(listed.getSpecialConfig()).hasSize(2);

        sms.updateTaskStatus(new UpdateTaskStatusRequest()
                .withTaskId(id)
                .withBody(new UpdateTaskStatusReq()
                        .withOperation(UpdateTaskStatusReq.OperationEnum.START)
                        .withIsNeedConsistencyCheck(true)));
        passVirtualTime(Duration.ofHours(12));
        var compared = sms.showConsistencyResult(new ShowConsistencyResultRequest().withTaskId(id))
                .getResultList();
        assertThat(compared).hasSize(1);
        assertThat(compared.get(0).getConsistencyResult())
                .extracting(ConsistencyResult::getDirCheck, ConsistencyResult::getNumDifferentFiles)
                .containsExactly(tuple("/", 0));
    }

    private static ConfigBody setting(String key, String value) {
        return new ConfigBody().withConfigKey(key).withConfigValue(value);
    }

    private void tasks() {
        var source = show("erp-app-02");
        var id = create(source, true);
        var shown = task(id);
        assertThat(shown.getState()).isEqualTo("READY");
        assertThat(shown.getSourceServer().getId()).isEqualTo(source.getId());
        assertThat(shown.getType().getValue()).isEqualTo(typeFor(source));
        assertThat(shown.getPriority()).isEqualTo(ShowTaskResponse.PriorityEnum.NUMBER_1);
        assertThat(shown.getSubTasks()).extracting(SubTask::getName).contains("CREATE_CLOUD_SERVER", "SSL_CONFIG");
        assertThat(shown.getTargetServer().getDisks()).hasSameSizeAs(source.getDisks());
        assertThat(shown.getCloneServer()).isNull();
        assertThat(shown.getErrorJson()).isEmpty();

        var listed = sms.listTasks(new ListTasksRequest()
                .withSourceServerId(source.getId())
                .withState(ListTasksRequest.StateEnum.READY)
                .withLimit(10));
        assertThat(listed.getTasks())
                .extracting(TasksResponseBody::getId, TasksResponseBody::getSyncing)
                .containsExactly(tuple(id, null));
        var current = show("erp-app-02").getCurrentTask();
        assertThat(current.getId()).isEqualTo(id);
        assertThat(current.getExistServer()).isFalse();
        assertThat(current.getRegionId()).isEqualTo(shown.getRegionId());
        assertThat(current.getProjectId()).isEqualTo(shown.getProjectId());

        sms.updateTask(new UpdateTaskRequest()
                .withTaskId(id)
                .withBody(new PutTaskReq()
                        .withName("renamed_task")
                        .withSpeedLimit(50)
                        .withPriority(PutTaskReq.PriorityEnum.NUMBER_2)
                        .withStartTargetServer(false)));
        var updated = task(id);
        assertThat(updated.getName()).isEqualTo("renamed_task");
        assertThat(updated.getSpeedLimit()).isEqualTo(50);
        assertThat(updated.getPriority()).isEqualTo(ShowTaskResponse.PriorityEnum.NUMBER_2);
        assertThat(updated.getStartTargetServer()).isFalse();

        var rules = List.of(
                new SpeedLimitlJson().withStart("08:00").withEnd("18:00").withSpeed(100),
                new SpeedLimitlJson().withStart("18:00").withEnd("23:59").withSpeed(0));
        sms.updateSpeed(new UpdateSpeedRequest().withTaskId(id).withBody(new SpeedLimit().withSpeedLimit(rules)));
        assertThat(sms.showsSpeedLimits(new ShowsSpeedLimitsRequest().withTaskId(id))
                        .getSpeedLimit())
                .isEqualTo(rules.stream()
                        .map(rule -> rule.withOverSpeedThreshold(10.0))
                        .toList());

        var twice = refusalOf(() -> create(source, true));
        assertThat(twice.getHttpStatusCode()).isEqualTo(400);
        assertThat(twice.getErrorCode()).isEqualTo("SMS.7605");
        assertThat(twice.getErrorMsg()).contains("already has a migration task");
        assertThat(twice.getRequestId()).isNotBlank();
        assertThat(twice.getDetails().get(0).getErrorCode()).isEqualTo("SMS.7605");
    }

    private void statesOfAMigration() {
        var source = show("erp-app-03");
        var id = create(source, true);
        act(id, UpdateTaskStatusReq.OperationEnum.START);
        assertThat(states(id)).isEqualTo("RUNNING initialize replicating");
        passVirtualTime(Duration.ofMinutes(20));
        assertThat(states(id)).isEqualTo("RUNNING replicate replicating");
        var copying = task(id);
        assertThat(copying.getMigrateSpeed()).isPositive();
        assertThat(copying.getEstimateCompleteTime()).isPositive();
        assertThat(copying.getRemainSeconds()).isPositive();
        assertThat(copying.getStartDate()).isPositive();

        act(id, UpdateTaskStatusReq.OperationEnum.STOP);
        assertThat(states(id)).isEqualTo("ABORTING stopping replicating");
        passVirtualTime(Duration.ofMinutes(2));
        assertThat(states(id)).isEqualTo("ABORT stopped replicating");
        act(id, UpdateTaskStatusReq.OperationEnum.RESTART);
        passVirtualTime(Duration.ofHours(12));
        assertThat(states(id)).isEqualTo("SYNCING syncing syncing");
        var listed = sms.listServers(new ListServersRequest().withId(source.getId()))
                .getSourceServers()
                .get(0);
        assertThat(listed.getReplicatesize()).isEqualTo(listed.getTotalsize());
        assertThat(listed.getCurrentTask().getState()).isEqualTo("SYNCING");

        act(id, UpdateTaskStatusReq.OperationEnum.TEST);
        assertThat(states(id)).isEqualTo("SYNCING cutovering cutovering");
        passVirtualTime(Duration.ofHours(1));
        assertThat(states(id)).matches("(MIGRATE|SYNC)_SUCCESS finished cutovered");
        assertThat(task(id).getFinishDate()).isPositive();
        act(id, UpdateTaskStatusReq.OperationEnum.CLEAR);
        passVirtualTime(Duration.ofMinutes(2));
        assertThat(states(id)).isEqualTo("MIGRATE_SUCCESS cleared cutovered");
        assertThat(refusalOf(() -> act(id, UpdateTaskStatusReq.OperationEnum.START))
                        .getErrorCode())
                .isEqualTo("SMS.1039");
    }

    private void otherOperations() {
        var id = create(show("erp-db-01"), true);
        act(id, UpdateTaskStatusReq.OperationEnum.START);
        passVirtualTime(Duration.ofHours(12));

        act(id, UpdateTaskStatusReq.OperationEnum.NETWORK_CHECK);
        passVirtualTime(Duration.ofMinutes(2));
        var network = task(id).getNetworkCheckInfo();
        assertThat(network.getDomainConnectivity()).isTrue();
        assertThat(network.getMigrationSpeed()).isPositive();

        sms.updateTaskStatus(new UpdateTaskStatusRequest()
                .withTaskId(id)
                .withBody(new UpdateTaskStatusReq()
                        .withOperation(UpdateTaskStatusReq.OperationEnum.CLONE_TEST)
                        .withTemplateId(template())));
        assertThat(states(id)).isEqualTo("SYNCING cloning syncing");
        assertThat(task(id).getCloneServer().getCloneState()).isEqualTo("PREPARING");
        passVirtualTime(Duration.ofMinutes(2));
        assertThat(task(id).getCloneServer().getCloneState()).isEqualTo("CREATING");
        passVirtualTime(Duration.ofMinutes(10));
        assertThat(states(id)).isEqualTo("SYNCING syncing syncing");
        assertThat(task(id).getCloneServer().getCloneState()).isEqualTo("FINISHED");
        assertThat(show("erp-db-01").getCurrentTask().getCloneServer().getVmId())
                .isEqualTo(task(id).getCloneServer().getVmId())
                .isNotBlank();

        act(id, UpdateTaskStatusReq.OperationEnum.SKIP);
        assertThat(states(id)).isEqualTo("SKIPPING skipping syncing");
        passVirtualTime(Duration.ofMinutes(10));
        act(id, UpdateTaskStatusReq.OperationEnum.fromValue("migration_test"));
        assertThat(states(id)).isEqualTo("SYNCING premigready syncing");
    }

    private void errors() {
        var id = create(show("erp-db-02"), true);
        act(id, UpdateTaskStatusReq.OperationEnum.START);
        passVirtualTime(Duration.ofHours(12));

        assertThat(states(id)).isEqualTo("MIGRATE_FAIL error replicating");
        assertThat(task(id).getErrorJson()).contains("SMS.6617");
        var failed =
                sms.listErrorServers(new ListErrorServersRequest().withLimit(10).withOffset(0));
        assertThat(failed.getCount()).isEqualTo(1);
        assertThat(failed.getMigrationErrors())
                .extracting(MigrationErrors::getName, MigrationErrors::getHostName)
                .containsExactly(tuple("erp-db-02", "erp-db-02"));
    }

    private void removal() {
        var one = create(show("crm-app-01"), true);
        var two = create(show("crm-app-02"), true);
        sms.deleteTask(new DeleteTaskRequest().withTaskId(one));
        sms.deleteTasks(new DeleteTasksRequest().withBody(new DeleteTasksReq().withIds(List.of(two))));
        passVirtualTime(Duration.ofMinutes(2));
        assertThat(refusalOf(() -> task(one)).getErrorCode()).isEqualTo("SMS.7703");
        assertThat(refusalOf(() -> task(two)).getErrorCode()).isEqualTo("SMS.7703");

        var first = show("crm-app-01").getId();
        var second = show("crm-app-02").getId();
        sms.deleteServer(new DeleteServerRequest().withSourceId(first));
        sms.deleteServers(new DeleteServersRequest().withBody(new DeleteIds().withIds(List.of(second))));
        assertThat(refusalOf(() -> sms.showServer(new ShowServerRequest().withSourceId(first)))
                        .getErrorCode())
                .isEqualTo("SMS.7602");
        assertThat(sms.listServers(new ListServersRequest()).getCount()).isEqualTo(10);
    }

    private void allWereCalled() {
        assertThat(simulator.audit().violations()).hasSize(1); // the start of a cleared migration
        var called = simulator.audit().entries().stream()
                .map(AuditEntry::operation)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(called).contains("start", "stop", "restart", "test", "clone_test", "network_check", "skip");
        assertThat(called).contains("clear", "migration_test");

        var served = VendorOperations.served(VendorOperations.ofSms());
        assertThat(served).contains("UpdateTaskStatus").hasSizeGreaterThan(15);
        served.remove("UpdateTaskStatus"); // the audit contains the requested operation
        assertThat(called).containsAll(served);
        assertThat(VendorOperations.notServed(VendorOperations.ofSms())).isEqualTo(NOT_SERVED);
    }

    /** Calls of the agent, secrets of an account, and operations removed from the vendor's page. */
    private static final Set<String> NOT_SERVED = new TreeSet<>(Set.of(
            "CheckNetAcl",
            "RegisterServer",
            "ShowCertKey",
            "ShowCommand",
            "ShowConfig",
            "ShowPassphrase",
            "ShowSha256",
            "ShowTargetPassword",
            "UnlockTargetEcs",
            "UpdateCommandResult",
            "UpdateConsistencyResult",
            "UpdateDiskInfo",
            "UpdateNetworkCheckInfo",
            "UpdateTaskSpeed"));

    @Test
    void wrongSecretIsRefused() {
        var other = client(new GlobalCredentials().withAk(ACCESS_KEY).withSk("another"));

        var refusal = refusalOf(() -> other.listServers(new ListServersRequest()));

        assertThat(refusal.getHttpStatusCode()).isEqualTo(401);
        assertThat(refusal.getErrorCode()).isEqualTo("APIG.0303");
    }

    @Test
    void temporaryKeysNeedTheirSecurityToken() throws IOException {
        simulator.close();
        simulator = start(SimulatorCredentials.ofTemporaryKeys(ACCESS_KEY, SECRET, "the token"));
        var without = client(new GlobalCredentials().withAk(ACCESS_KEY).withSk(SECRET));
        var with =
                client(new GlobalCredentials().withAk(ACCESS_KEY).withSk(SECRET).withSecurityToken("the token"));
        var wrong =
                client(new GlobalCredentials().withAk(ACCESS_KEY).withSk(SECRET).withSecurityToken("an old token"));

        assertThat(with.listServers(new ListServersRequest()).getCount()).isEqualTo(12);
        assertThat(refusalOf(() -> without.listServers(new ListServersRequest()))
                        .getErrorCode())
                .isEqualTo("APIG.0301");
        assertThat(refusalOf(() -> wrong.listServers(new ListServersRequest())).getErrorCode())
                .isEqualTo("APIG.0301");
    }

    private Simulator start(SimulatorCredentials credentials) throws IOException {
        var faults = Files.writeString(
                directory.resolve("faults.yaml"),
                "servers:\n- {name: erp-db-02, fail-times: 1, fail-code: SMS.6617, fail-at: 30%}\n");
        return Simulator.start(SimulatorSettings.defaults()
                .withServers(12)
                .withSpeed(3600)
                .withClock(clock)
                .withFaults(faults)
                .withCredentials(credentials));
    }

    private SmsClient client(GlobalCredentials credentials) {
        return SmsClient.newBuilder()
                .withCredential(credentials.withDomainId("account-1"))
                .withEndpoints(List.of(simulator.endpoint()))
                .build();
    }

    private void passVirtualTime(Duration virtual) {
        clock.pass(virtual.dividedBy(3600));
    }

    private ShowServerResponse show(String name) {
        var listed = sms.listServers(new ListServersRequest().withName(name)).getSourceServers();
        return sms.showServer(new ShowServerRequest().withSourceId(listed.get(0).getId()));
    }

    private ShowTaskResponse task(String id) {
        return sms.showTask(new ShowTaskRequest().withTaskId(id));
    }

    private String states(String taskId) {
        var task = task(taskId);
        var source = sms.showServer(
                new ShowServerRequest().withSourceId(task.getSourceServer().getId()));
        return task.getState() + " " + source.getState() + " " + source.getMigrationCycle();
    }

    private void act(String id, UpdateTaskStatusReq.OperationEnum operation) {
        sms.updateTaskStatus(new UpdateTaskStatusRequest()
                .withTaskId(id)
                .withBody(new UpdateTaskStatusReq().withOperation(operation)));
    }

    private String template() {
        return sms.listTemplates(new ListTemplatesRequest())
                .getTemplates()
                .get(0)
                .getId();
    }

    private static String typeFor(ShowServerResponse source) {
        return source.getOsType().equals("WINDOWS") ? "MIGRATE_BLOCK" : "MIGRATE_FILE";
    }

    private String create(ShowServerResponse source, boolean syncing) {
        var disks = source.getInitTargetServer().getDisks().stream()
                .map(disk -> new TargetDisks()
                        .withName(disk.getName())
                        .withSize(disk.getSize())
                        .withUsedSize(disk.getUsedSize())
                        .withDeviceUse(TargetDisks.DeviceUseEnum.fromValue(
                                disk.getDeviceUse().getValue()))
                        .withPhysicalVolumes(disk.getPhysicalVolumes()))
                .toList();
        return sms.createTask(new CreateTaskRequest()
                        .withBody(new PostTask()
                                .withName("Migration_" + source.getName().replace('-', '_'))
                                .withType(PostTask.TypeEnum.fromValue(typeFor(source)))
                                .withOsType(source.getOsType())
                                .withSourceServer(new SourceServerByTask().withId(source.getId()))
                                .withTargetServer(new TargetServerByTask()
                                        .withName(source.getName())
                                        .withVmId("")
                                        .withDisks(disks)
                                        .withVolumeGroups(
                                                source.getInitTargetServer().getVolumeGroups()))
                                .withRegionId("ap-southeast-3")
                                .withRegionName("ap-southeast-3")
                                .withProjectId("p-1")
                                .withProjectName("ap-southeast-3")
                                .withVmTemplateId(template())
                                .withSyncing(syncing)))
                .getId();
    }

    private static ClientRequestException refusalOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ClientRequestException.class, call);
    }
}
