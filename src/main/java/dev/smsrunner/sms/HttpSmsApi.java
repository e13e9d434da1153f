package dev.smsrunner.sms;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CloudHttp;
import dev.smsrunner.cloud.CloudRequest;
import dev.smsrunner.cloud.CloudResponse;
import dev.smsrunner.cloud.UnreadableAnswerException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Implementation of {@link SmsApi} over HTTP (paths and bodies: API reference 2026-01-27). */
public final class HttpSmsApi implements SmsApi {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record ChangeState(
            @Nullable String copystate, @Nullable String migrationcycle) {}

    /** Error fields of the service and the gateway. */
    private static final List<String> ERRORS = List.of("error_code", "errorCode", "error_msg", "error");

    private final CloudHttp http;
    private final @Nullable Instant deadline;

    public HttpSmsApi(CloudHttp http) {
        this(http, null);
    }

    private HttpSmsApi(CloudHttp http, @Nullable Instant deadline) {
        this.http = http;
        this.deadline = deadline;
    }

    @Override
    public SmsApi until(Instant latest) {
        return new HttpSmsApi(http, latest);
    }

    private CloudRequest write(String operation, String method, String body, String... segments) {
        return CloudRequest.write(operation, method, body, segments).until(deadline);
    }

    @Override
    public SourcePage listSources(int offset, int limit) {
        return http.call(
                sources(offset, limit), answer -> SmsJson.page(answer.body(), "source_servers", SourcePage.class));
    }

    @Override
    public SourcePage listSourceStates(int offset, int limit) {
        return http.call(sources(offset, limit), answer -> SmsJson.states(answer.body()));
    }

    private static CloudRequest sources(int offset, int limit) {
        return CloudRequest.sweep("ListServers", "v3", "sources")
                .with("limit", requireLimit(limit, PAGE))
                .with("offset", offset);
    }

    @Override
    public SourceServer showSource(String sourceId) {
        return show("ShowServer", sourceId, SourceServer.class, "v3", "sources", sourceId);
    }

    @Override
    public TaskPage listTasks(@Nullable String sourceServerId, int offset, int limit) {
        CloudRequest request = sourceServerId == null
                ? CloudRequest.sweep("ListTasks", "v3", "tasks")
                : CloudRequest.get("ListTasks", "v3", "tasks");
        CloudRequest page = request.with("source_server_id", sourceServerId)
                .with("limit", requireLimit(limit, PAGE))
                .with("offset", offset);
        return http.call(page, answer -> SmsJson.page(answer.body(), "tasks", TaskPage.class));
    }

    @Override
    public MigrationTask showTask(String taskId) {
        return show("ShowTask", taskId, MigrationTask.class, "v3", "tasks", taskId);
    }

    @Override
    public String createTask(CreateTask task) {
        CloudRequest request = write("CreateTask", "POST", SmsJson.write(task), "v3", "tasks");
        return http.call(request, answer -> SmsJson.id(answer.body()));
    }

    @Override
    public void updateTask(String taskId, UpdateTask update) {
        CloudRequest request = write("UpdateTask", "PUT", SmsJson.write(update), "v3", "tasks", taskId);
        http.call(request, acceptance(taskId));
    }

    @Override
    public JsonNode showTaskFields(String taskId) {
        return http.call(CloudRequest.get("ShowTask", "v3", "tasks", taskId), answer -> {
            var root = SmsJson.object(answer.body());
            SmsJson.requireId(root, taskId);
            return root;
        });
    }

    @Override
    public void updateTask(String taskId, ObjectNode fields) {
        http.call(write("UpdateTask", "PUT", fields.toString(), "v3", "tasks", taskId), acceptance(taskId));
    }

    @Override
    public JsonNode showSpeedLimits(String taskId) {
        try {
            return http.call(CloudRequest.get("ShowsSpeedLimits", "v3", "tasks", taskId, "speed-limit"), answer -> {
                JsonNode root = SmsJson.object(answer.body());
                if (!root.path("speed_limit").isArray()) { // a missing list does not mean that there are no limits
                    throw new UnreadableAnswerException("the answer has no list speed_limit");
                }
                return root;
            });
        } catch (ApiException ex) {
            if (!"SMS.6302".equals(ex.errorCode())) {
                throw ex;
            }
            return SmsJson.object("{\"speed_limit\":[]}");
        }
    }

    @Override
    public void limitSpeed(String taskId, JsonNode limits) {
        var body = SmsJson.write(Map.of("speed_limit", limits));
        http.call(write("UpdateSpeed", "POST", body, "v3", "tasks", taskId, "speed-limit"), acceptance(taskId));
    }

    @Override
    public Optional<ConsistencyResult> showConsistencyResult(String taskId) {
        return http.call(
                CloudRequest.get("ShowConsistencyResult", "v3", "tasks", taskId, "consistency-result"),
                answer -> ConsistencyResultReader.read(answer.body(), taskId));
    }

    @Override
    public void act(String taskId, TaskAction action) {
        CloudRequest request = write(action.call(), "POST", SmsJson.write(action), "v3", "tasks", taskId, "action");
        http.call(request, acceptance(taskId));
    }

    @Override
    public TemplatePage listTemplates(int offset, int limit) {
        CloudRequest request = CloudRequest.get("ListTemplates", "v3", "vm", "templates")
                .with("limit", requireLimit(limit, TEMPLATE_PAGE))
                .with("offset", offset);
        return http.call(request, answer -> SmsJson.page(answer.body(), "templates", TemplatePage.class));
    }

    @Override
    public VmTemplate showTemplate(String templateId) {
        CloudRequest request = CloudRequest.get("ShowTemplate", "v3", "vm", "templates", templateId);
        // the page wraps it in "template", as the body of CreateTemplate does
        return http.call(request, answer -> {
            JsonNode root = SmsJson.object(answer.body());
            JsonNode inner = root.path("template").isObject() ? root.path("template") : root;
            return SmsJson.resource(inner.toString(), templateId, VmTemplate.class);
        });
    }

    @Override
    public void changeState(String sourceId, @Nullable String copystate, @Nullable String migrationcycle) {
        String body = SmsJson.write(new ChangeState(copystate, migrationcycle));
        CloudRequest request = write("UpdateCopyState", "PUT", body, "v3", "sources", sourceId, "changestate");
        http.call(request, acceptance(sourceId));
    }

    @Override
    public void deleteTasks(List<String> taskIds) {
        delete("DeleteTasks", "tasks", taskIds);
    }

    @Override
    public void deleteSources(List<String> sourceIds) {
        delete("DeleteServers", "sources", sourceIds);
    }

    private void delete(String operation, String collection, List<String> ids) {
        if (ids.isEmpty() || ids.size() > MAX_DELETIONS) {
            throw new IllegalArgumentException(
                    "%s has %d ids (must be 1 to %d)".formatted(operation, ids.size(), MAX_DELETIONS));
        }
        var body = SmsJson.write(Map.of("ids", ids));
        http.call(write(operation, "POST", body, "v3", collection, "delete"), acceptance(ids));
    }

    private <T> T show(String operation, String id, Class<T> type, String... segments) {
        return http.call(CloudRequest.get(operation, segments), answer -> SmsJson.resource(answer.body(), id, type));
    }

    private static Function<CloudResponse, CloudResponse> acceptance(String id) {
        return acceptance(List.of(id));
    }

    /**
     * Reads the answer to a write without a result: nothing, {@code {}}, a string or the id, depending on the edition.
     * An HTML page, half an answer, a list, or an answer about another id is no acceptance.
     */
    private static Function<CloudResponse, CloudResponse> acceptance(List<String> ids) {
        return answer -> {
            String body = answer.body().strip();
            if (body.startsWith("<")) {
                throw new UnreadableAnswerException("the answer is an HTML page");
            }
            if (body.startsWith("[")) {
                throw new UnreadableAnswerException("the answer is a list");
            }
            if (body.startsWith("\"")) {
                SmsJson.text(body);
            }
            if (body.startsWith("{")) {
                JsonNode root = SmsJson.object(body);
                if (root.hasNonNull("id")) {
                    SmsJson.requireOneOf(root, ids);
                }
                if (ERRORS.stream().anyMatch(field -> isSet(root.path(field)))) {
                    throw new UnreadableAnswerException("the answer is successful but names an error");
                }
            }
            return answer;
        };
    }

    private static boolean isSet(JsonNode field) {
        boolean blank = field.isString() && field.stringValue().isBlank();
        return !field.isMissingNode() && !field.isNull() && !blank;
    }

    private static int requireLimit(int limit, int maximum) {
        if (limit < 1 || limit > maximum) {
            throw new IllegalArgumentException("limit is %d (must be 1 to %d)".formatted(limit, maximum));
        }
        return limit;
    }
}
