package dev.smsrunner.dcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.cloud.Calls;
import dev.smsrunner.cloud.CloudHttp;
import dev.smsrunner.cloud.StubService;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Requests exactly as the page of 2024-11-06 documents them, and tolerant reading of answers. */
class HttpDcsApiTests {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ONE = "b21989ec-2889-4b8e-99db-19c073425ec2";
    private static final String TWO = "5130d57f-640a-435b-bc3a-0fb1860a5340";

    private final StubService service = new StubService();
    private final CloudHttp http = Calls.to(service.url());
    private final DcsApi dcs = new HttpDcsApi(http);

    @AfterEach
    void close() {
        http.close();
        service.close();
    }

    @Test
    void batchStopMatchesThePageAndReportsFailedItems() {
        service.respondWith(200, """
                {"migration_tasks": [{"result": "success", "task_id": "%s"}, {"result": "failed", "task_id": "%s"}]}""".formatted(ONE, TWO));

        var results = dcs.stopTasks("p-1", List.of(ONE, TWO));

        var asked = service.only();
        assertThat(asked.method() + " " + asked.target()).isEqualTo("POST /v2/p-1/migration-task/batch-stop");
        assertThat(JSON.readTree(asked.body()))
                .isEqualTo(JSON.readTree("{\"migration_tasks\": [\"%s\", \"%s\"]}".formatted(ONE, TWO)));
        assertThat(asked.headers().entrySet().stream()
                        .filter(header -> header.getKey().equalsIgnoreCase("X-Project-Id"))
                        .map(java.util.Map.Entry::getValue))
                .containsExactly("p-1");
        assertThat(results).extracting(StopResult::isDispatched).containsExactly(true, false);
        assertThat(results.get(1).isFailed()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "'\"100\"', 100, true",
        "'\"63.5%\"', 63, false",
        "99, 99, false",
        "'\"\"', , false",
        "'\"soon\"', , false",
        "null, , false"
    })
    void progressIsParsedFromItsText(String text, Integer progress, boolean over) {
        service.respondWith(200, "{\"full_migration_progress\": %s, \"is_migrating\": true}".formatted(text));

        var stats = dcs.showStats("p-1", ONE);

        assertThat(service.only().method() + " " + service.only().target())
                .isEqualTo("GET /v2/p-1/migration-task/" + ONE + "/stats");
        assertThat(stats.fullProgress()).isEqualTo(progress);
        assertThat(stats.isFullMigrationComplete()).isEqualTo(over);
    }

    @Test
    void theDocumentedErrorIsARefusal() {
        service.respondWith(
                400, "{\"error_msg\": \"invalid migration task id in the request.\", \"error_code\": \"DCS.4855\"}");

        assertThatThrownBy(() -> dcs.stopTasks("p-1", List.of(ONE)))
                .isInstanceOfSatisfying(ApiException.class, failure -> {
                    assertThat(failure.kind()).isEqualTo(CallFailureKind.REFUSED);
                    assertThat(failure.errorCode()).isEqualTo("DCS.4855");
                });
    }

    @Test
    void anAnswerAboutAnotherTaskRaisesTheAlarm() {
        service.respondWith(200, "{\"migration_tasks\": [{\"result\": \"success\", \"task_id\": \"other\"}]}");

        assertThatThrownBy(() -> dcs.stopTasks("p-1", List.of(ONE)))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(CallFailureKind.UNKNOWN))
                .hasMessageContaining("ALARM");
    }

    @Test
    void aPageKeepsUnknownStatuses() {
        service.respondWith(200, """
                {"count": "2", "migration_tasks": [{"task_id": "a", "task_name": null, "status": "INCRMIGEATING", "new": {}},
                 {"task_id": "b", "status": "REBALANCING"}]}""");

        var page = dcs.listTasks("p-1", 0, 200);

        assertThat(service.only().target()).isEqualTo("/v2/p-1/migration-tasks?offset=0&limit=200");
        assertThat(page.tasks()).extracting(DcsTask::state).containsExactly(DcsStatus.RUNNING, DcsStatus.UNKNOWN);
        assertThat(page.tasks().get(1).status()).isEqualTo("REBALANCING");
    }
}
