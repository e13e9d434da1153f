package dev.smsrunner.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

import com.huaweicloud.sdk.core.auth.BasicCredentials;
import com.huaweicloud.sdk.core.exception.ClientRequestException;
import com.huaweicloud.sdk.dcs.v2.DcsClient;
import com.huaweicloud.sdk.dcs.v2.model.*;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Stops data-migration tasks of the simulator with the vendor's DCS client. */
class VendorSdkDcsTests {

    private static final int INCREMENTAL = 0;
    private static final int FULL = 3;
    private static final int SUCCEEDS_MEANWHILE = 5;
    private static final int FAILED = 7;
    private static final int RELUCTANT = 9;

    private final ManualClock clock = new ManualClock(Instant.now());
    private Simulator simulator;
    private DcsClient dcs;
    private List<MigrationTaskList> tasks;

    @BeforeEach
    void start() throws IOException {
        simulator = Simulator.start(SimulatorSettings.defaults()
                .withServers(12)
                .withSpeed(1)
                .withClock(clock)
                .withCredentials(SimulatorCredentials.ofKeys("VENDORACCESSKEY", "secret")));
        dcs = DcsClient.newBuilder()
                .withCredential(new BasicCredentials()
                        .withAk("VENDORACCESSKEY")
                        .withSk("secret")
                        .withProjectId("project-1"))
                .withEndpoints(List.of(simulator.endpoint()))
                .build();
        tasks = dcs.listMigrationTask(new ListMigrationTaskRequest().withLimit(100))
                .getMigrationTasks();
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void everySupportedOperationIsCalled() {
        assertThat(tasks).hasSize(11); // one of the twelve is deleted
        var first = tasks.get(INCREMENTAL);
        assertThat(first.getTaskName()).isEqualTo("redis-001");
        assertThat(first.getStatus().getValue()).isEqualTo("INCRMIGEATING");
        assertThat(first.getMigrationMethod().getValue()).isEqualTo("incremental_migration");
        assertThat(show(FULL).getStatus().getValue()).isEqualTo("FULLMIGRATING");
        assertThat(show(INCREMENTAL).getNetworkType()).isEqualTo(ShowMigrationTaskResponse.NetworkTypeEnum.VPC);
        assertThat(stats(INCREMENTAL).getIsMigrating()).isTrue();

        assertThat(stopAll(INCREMENTAL, SUCCEEDS_MEANWHILE, FAILED, RELUCTANT))
                .extracting(
                        StopMigrationTaskResult::getTaskId,
                        result -> result.getResult().getValue())
                .containsExactly(
                        tuple(id(INCREMENTAL), "success"),
                        tuple(id(SUCCEEDS_MEANWHILE), "success"),
                        tuple(id(FAILED), "failed"),
                        tuple(id(RELUCTANT), "failed"));
        assertThat(dcs.stopMigrationTask(new StopMigrationTaskRequest().withTaskId(id(FULL)))
                        .getStatus()
                        .getValue())
                .isEqualTo("TERMINATING");
        clock.pass(Duration.ofMinutes(2));
        assertThat(show(INCREMENTAL).getStatus()).isEqualTo(ShowMigrationTaskResponse.StatusEnum.TERMINATED);
        assertThat(show(FULL).getStatus()).isEqualTo(ShowMigrationTaskResponse.StatusEnum.TERMINATED);
        assertThat(show(SUCCEEDS_MEANWHILE).getStatus()).isEqualTo(ShowMigrationTaskResponse.StatusEnum.SUCCESS);
        assertThat(show(FAILED).getStatus().getValue()).isEqualTo("MIGRATION_FAILED");
        assertThat(stats(INCREMENTAL).getIsMigrating()).isFalse();

        assertThat(dcs.deleteMigrationTask(new DeleteMigrationTaskRequest()
                                .withBody(new DeleteMigrateTaskRequest().withTaskIdList(List.of(id(INCREMENTAL)))))
                        .getTaskIdList())
                .containsExactly(id(INCREMENTAL));
        assertThat(refusalOf(() -> show(INCREMENTAL)).getErrorCode()).isEqualTo("DCS.4133");

        var called = simulator.audit().entries().stream()
                .map(AuditEntry::operation)
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(called).containsAll(VendorOperations.served(VendorOperations.ofDcs()));
        assertThat(VendorOperations.notServed(VendorOperations.ofDcs()))
                .containsExactly(
                        "BatchRestartOnlineMigrationTasks",
                        "CreateMigrationTask",
                        "CreateOnlineMigrationTask",
                        "ExchangeInstanceIp",
                        "ListMigrationTaskLogs",
                        "SetOnlineMigrationTask",
                        "StopMigrationTaskSync",
                        "UpdateMigrationTask");
    }

    @Test
    void unknownTaskFailsTheWholeStop() {
        var refusal = refusalOf(() -> dcs.batchStopMigrationTasks(new BatchStopMigrationTasksRequest()
                .withBody(new BatchStopMigrationTasksBody().withMigrationTasks(List.of("none")))));

        assertThat(refusal.getHttpStatusCode()).isEqualTo(400);
        assertThat(refusal.getErrorCode()).isEqualTo("DCS.4855");
        assertThat(refusal.getErrorMsg()).contains("invalid migration task id");
    }

    @Test
    void stopOfAnEndedTaskIsRefused() {
        var refusal = refusalOf(() -> dcs.stopMigrationTask(new StopMigrationTaskRequest().withTaskId(id(FAILED))));

        assertThat(refusal.getErrorMsg()).contains("MIGRATION_FAILED cannot be stopped");
    }

    private String id(int number) {
        return tasks.get(number).getTaskId();
    }

    private List<StopMigrationTaskResult> stopAll(int... numbers) {
        var ids = Arrays.stream(numbers).mapToObj(this::id).toList();
        return dcs.batchStopMigrationTasks(new BatchStopMigrationTasksRequest()
                        .withBody(new BatchStopMigrationTasksBody().withMigrationTasks(ids)))
                .getMigrationTasks();
    }

    private ShowMigrationTaskResponse show(int number) {
        return dcs.showMigrationTask(new ShowMigrationTaskRequest().withTaskId(id(number)));
    }

    private ShowMigrationTaskStatsResponse stats(int number) {
        return dcs.showMigrationTaskStats(new ShowMigrationTaskStatsRequest().withTaskId(id(number)));
    }

    private static ClientRequestException refusalOf(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ClientRequestException.class, call);
    }
}
