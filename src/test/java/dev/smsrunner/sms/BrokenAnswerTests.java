package dev.smsrunner.sms;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.cloud.Calls;
import dev.smsrunner.cloud.CloudHttp;
import dev.smsrunner.cloud.StubService;
import dev.smsrunner.dcs.DcsApi;
import dev.smsrunner.dcs.HttpDcsApi;
import java.io.IOException;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

/** Every operation with every kind of broken answer: never an internal error, never a conclusion. */
class BrokenAnswerTests {

    private static final String ID = "7a9a9540-ff28-4869-b9e4-855fbe12e83b";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final StubService SERVICE = new StubService();
    private static final CloudHttp HTTP = Calls.withAttempts(SERVICE.url(), 2);
    private static final SmsApi SMS = new HttpSmsApi(HTTP);
    private static final DcsApi DCS = new HttpDcsApi(HTTP);

    /** Reads of lists by list name. */
    private static final Map<String, Runnable> LISTS = Map.of(
            "source_servers", () -> SMS.listSources(0, 200),
            "tasks", () -> SMS.listTasks(null, 0, 200),
            "templates", () -> SMS.listTemplates(0, 100),
            "migration_tasks", () -> DCS.listTasks("p-1", 0, 200),
            "speed_limit", () -> SMS.showSpeedLimits(ID));

    /** Reads of one resource. */
    static final List<Arguments> READS = List.of(
            of("ShowServer", () -> SMS.showSource(ID)),
            of("ShowTask", () -> SMS.showTask(ID)),
            of("ShowTask, field by field", () -> SMS.showTaskFields(ID)),
            of("ShowTemplate", () -> SMS.showTemplate(ID)),
            of("ShowMigrationTask", () -> DCS.showTask("p-1", ID)));

    private static final UpdateTask UPDATE =
            new UpdateTask("a", null, null, null, null, null, null, null, null, null, null, null);

    /** Writes. */
    static final List<Arguments> WRITES = List.of(
            of("DeleteTasks", () -> SMS.deleteTasks(List.of(ID))),
            of("DeleteServers", () -> SMS.deleteSources(List.of(ID))),
            of("UpdateTask", () -> SMS.updateTask(ID, JSON.createObjectNode())),
            of("UpdateTask, fixed fields", () -> SMS.updateTask(ID, UPDATE)),
            of("UpdateSpeed", () -> SMS.limitSpeed(ID, JSON.createArrayNode())),
            of("UpdateTaskStatus", () -> SMS.act(ID, TaskAction.START)),
            of("UpdateCopyState", () -> SMS.changeState(ID, "waiting", null)));

    private static final CreateTask TASK = new CreateTask(
            "erp_db_02",
            "MIGRATE_FILE",
            "LINUX",
            new SourceRef(ID),
            TargetServer.of("erp-db-02", null, new TargetLayout(List.of(), List.of(), List.of())),
            "Singapore",
            "ap-southeast-3",
            "main",
            "p-1",
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
            null);
    private static final Runnable CREATE = () -> SMS.createTask(TASK);
    private static final Runnable STOP = () -> DCS.stopTasks("p-1", List.of(ID));

    /** Bodies that are invalid for every operation. */
    private static final List<String> BROKEN = List.of(
            "[]",
            "[null]",
            "42",
            "true",
            "{\"id\": \"7a9a",
            "{\"id\"",
            "{\"count\": 1, \"",
            "\"half a text",
            "<html><body>502 Bad Gateway</body></html>",
            "<!DOCTYPE html><h1>Proxy Authentication Required</h1>",
            "{\"a\":".repeat(10_000),
            "[".repeat(10_000),
            "{\"id\": 1e999999999}",
            "{\"id\": \"another\"}",
            "{\"error_code\": \"SMS.9004\", \"error_msg\": \"no\"}",
            "{\"error\": {\"code\": 401, \"message\": \"no\"}}",
            "\u0000\u0001\u0002",
            "{'id': 'x'}");

    private static Arguments of(String operation, Runnable call) {
        return Arguments.of(operation, call);
    }

    @BeforeEach
    void clearRequests() {
        SERVICE.requests().clear();
    }

    @AfterAll
    static void close() {
        HTTP.close();
        SERVICE.close();
    }

    static Stream<Arguments> lists() {
        return LISTS.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lists")
    void aMissingListIsUnknownAndNotEmpty(String list, Runnable call) {
        for (var body : withBroken(
                "",
                " ",
                "null",
                "{}",
                "{\"%s\": null}",
                "{\"%s\": {}}",
                "{\"%s\": \"x\"}",
                "{\"%s\": 1, \"count\": 3}")) {
            assertUnknown(body.replace("%s", list), call, 2);
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lists")
    void aBadElementDoesNotAffectOthers(String list, Runnable call) {
        for (var body : List.of(
                "{\"%s\": [null, 1, \"x\", [], {}, {\"id\": {}}, {\"task_id\": []}], \"count\": 7}",
                "{\"%s\": [], \"%s\": [], \"count\": \"none\"}",
                "{\"%s\": [], \"count\": null}",
                "{\"%s\": [], \"count\": 1.5}",
                "{\"%s\": [], \"count\": 99999999999999999999}",
                "{\"%s\": [], \"count\": {\"a\": 1}}",
                "{\"%s\": [], \"count\": 1e999999999}",
                "{\"%s\": [{\"id\": \"a\", \"replicatesize\": 1e99, \"totalsize\": 99999999999999999999, \"create_date\": \"soon\"}]}",
                "{\"%s\": [{\"id\": \"a\", \"state\": {}, \"connected\": \"so so\", \"disks\": {\"x\": 1}, \"current_task\": {\"target_server\": 7}}]}")) {
            SERVICE.respondWith(200, body.replace("%s", list));

            call.run();
        }
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("READS")
    void aMissingResourceIsUnknown(String operation, Runnable call) {
        for (var body : withBroken("", "null", "{}", "{\"id\": null}", "{\"id\": []}", "{\"task_id\": {}}")) {
            assertUnknown(body, call, 2);
        }
    }

    @ParameterizedTest(name = "{0}")
    @FieldSource("WRITES")
    void aWriteWithABrokenAnswerIsUnknownAndSentOnce(String operation, Runnable call) {
        for (var body : BROKEN) {
            if (Set.of("42", "true").contains(body) || body.startsWith("\u0000")) {
                continue; // some editions confirm with a plain text instead of JSON
            }
            assertUnknown(body, call, 1);
        }
        for (var body : List.of("", "{}", "null", "\"\"", "success")) {
            SERVICE.respondWith(200, body);
            call.run();
        }
    }

    @Test
    void aCreateOrStopWithoutItsResultIsUnknownAndSentOnce() {
        for (var body :
                withBroken("", "null", "{}", "\"success\"", "{\"id\": null}", "{\"id\": \" \"}", "{\"id\": {}}")) {
            if (!body.contains("another")) {
                assertUnknown(body, CREATE, 1);
            }
        }
        for (var body : withBroken(
                "",
                "null",
                "{}",
                "{\"migration_tasks\": null}",
                "{\"migration_tasks\": {}}",
                "{\"migration_tasks\": [null]}",
                "{\"migration_tasks\": [{\"result\": \"success\"}]}")) {
            assertUnknown(body, STOP, 1);
        }
    }

    @Test
    void missingProgressAndComparisonsAreEmpty() {
        for (var body : List.of("{}", "{\"full_migration_progress\": null}", "{\"full_migration_progress\": []}")) {
            SERVICE.respondWith(200, body);

            assertThat(DCS.showStats("p-1", ID).fullProgress()).isNull();
        }
        for (var body : List.of("{}", "{\"result_list\": null}", "{\"result_list\": [null, {}, \"\"]}")) {
            SERVICE.respondWith(200, body);

            assertThat(SMS.showConsistencyResult(ID)).isEmpty();
        }
        for (var body : List.of("", "null", "[]", "{\"result_list\": [", "<html>")) {
            assertUnknown(body, () -> DCS.showStats("p-1", ID), 2);
            assertUnknown(body, () -> SMS.showConsistencyResult(ID), 2);
        }
    }

    @Test
    void anErrorIsClassifiedByStatusForAnyBody() {
        var bodies = withBroken("", "null", "{}", "{\"error_code\": null}", "{\"error_code\": []}", "{\"details\": 7}");
        var kinds = Map.of(
                400, CallFailureKind.REFUSED,
                401, CallFailureKind.DENIED,
                403, CallFailureKind.REFUSED,
                404, CallFailureKind.REFUSED,
                407, CallFailureKind.REFUSED,
                408, CallFailureKind.UNKNOWN,
                500, CallFailureKind.UNKNOWN,
                502, CallFailureKind.UNKNOWN);
        kinds.forEach((status, kind) -> {
            for (var body : bodies) {
                SERVICE.respondWith(status, body);

                var failure = Calls.failure(CREATE::run);

                assertThat(failure.kind()).as(status + " " + body).isEqualTo(kind);
                assertThat(failure.errorMessage()).isNotBlank();
                assertThat(Absence.ofTask(failure) || Absence.ofSource(failure))
                        .as("%d proves absence", status)
                        .isFalse();
            }
        });
    }

    static Stream<Arguments> operations() {
        return Stream.of(
                        lists(),
                        READS.stream(),
                        WRITES.stream(),
                        Stream.of(
                                of("CreateTask", CREATE),
                                of("BatchStopMigrationTasks", STOP),
                                of("ListTasks of a source", () -> SMS.listTasks(ID, 0, 10)),
                                of("ShowConsistencyResult", () -> SMS.showConsistencyResult(ID)),
                                of("ShowMigrationTaskStats", () -> DCS.showStats("p-1", ID))))
                .flatMap(each -> each);
    }

    @Test
    void theOperationsAreComplete() {
        var names = Stream.of(SmsApi.class, DcsApi.class)
                .flatMap(api -> Stream.of(api.getMethods()))
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .filter(method -> !method.getName().equals("until"))
                .count();

        assertThat(operations().count())
                .as("ListTasks is there twice, with and without a source")
                .isEqualTo(names + 1);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void anErrorWithAnyBodyHasTheKindOfItsStatus(String operation, Runnable call) {
        var kinds = Map.of(
                400, CallFailureKind.REFUSED,
                401, CallFailureKind.DENIED,
                404, CallFailureKind.REFUSED,
                407, CallFailureKind.REFUSED,
                503, CallFailureKind.UNKNOWN);
        for (var body : withBroken("", " ", "null", "{}", "\"\"", "{\"error_code\": {}, \"details\": [null, 1, {}]}")) {
            kinds.forEach((status, kind) -> {
                SERVICE.respondWith(status, body);

                var failure = Calls.failure(call::run);

                assertThat(failure).as("%d %s", status, body).isNotNull();
                assertThat(failure.kind()).as("%d %s", status, body).isEqualTo(kind);
                assertThat(failure.errorMessage()).isNotBlank();
            });
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("operations")
    void aCutOrGarbledAnswerIsUnknown(String operation, Runnable call) {
        for (var status : List.of(200, 500)) {
            SERVICE.respondWith((exchange, request, number) -> {
                exchange.sendResponseHeaders(status, 1000);
                exchange.getResponseBody().write("{\"id\": \"7a9a".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
                throw new IOException("the connection ends here");
            });
            assertThat(Calls.failure(call::run).kind()).isEqualTo(CallFailureKind.UNKNOWN);
            SERVICE.respondWith(status, "no gzip", "Content-Encoding", "gzip");
            assertThat(Calls.failure(call::run).kind()).isEqualTo(CallFailureKind.UNKNOWN);
        }
    }

    private static List<String> withBroken(String... bodies) {
        return Stream.concat(Stream.of(bodies), BROKEN.stream()).toList();
    }

    private static void assertUnknown(String body, Runnable call, int attempts) {
        SERVICE.respondWith(200, body);
        SERVICE.requests().clear();

        ApiException failure = Calls.failure(call::run);

        assertThat(failure).as(body).isNotNull();
        assertThat(failure.kind()).as(body).isEqualTo(CallFailureKind.UNKNOWN);
        assertThat(failure.errorMessage()).as(body).contains("answer");
        assertThat(SERVICE.requests()).as(body).hasSize(attempts);
    }
}
