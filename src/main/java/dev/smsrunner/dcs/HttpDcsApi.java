package dev.smsrunner.dcs;

import dev.smsrunner.cloud.CloudHttp;
import dev.smsrunner.cloud.CloudRequest;
import dev.smsrunner.cloud.UnreadableAnswerException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Implementation of {@link DcsApi} over HTTP (paths and bodies: API reference 2024-11-06, Java SDK 3.1.212). */
public final class HttpDcsApi implements DcsApi {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final CloudHttp http;
    private final @Nullable Instant deadline;

    public HttpDcsApi(CloudHttp http) {
        this(http, null);
    }

    private HttpDcsApi(CloudHttp http, @Nullable Instant deadline) {
        this.http = http;
        this.deadline = deadline;
    }

    @Override
    public DcsApi until(Instant latest) {
        return new HttpDcsApi(http, latest);
    }

    @Override
    public DcsPage listTasks(String projectId, int offset, int limit) {
        var request = CloudRequest.sweep("ListMigrationTask", "v2", projectId, "migration-tasks")
                .with("offset", offset)
                .with("limit", limit)
                .inProject(projectId);
        return http.call(request, answer -> page(object(answer.body())));
    }

    @Override
    public DcsTask showTask(String projectId, String taskId) {
        var request = CloudRequest.get("ShowMigrationTask", "v2", projectId, "migration-task", taskId)
                .inProject(projectId);
        return http.call(request, answer -> {
            var task = task(object(answer.body()));
            if (!task.id().equalsIgnoreCase(taskId)) {
                throw new UnreadableAnswerException(
                        "ALARM: requested task %s but the answer is about %s".formatted(taskId, task.id()));
            }
            return task;
        });
    }

    @Override
    public DcsStats showStats(String projectId, String taskId) {
        var request = CloudRequest.get("ShowMigrationTaskStats", "v2", projectId, "migration-task", taskId, "stats")
                .inProject(projectId);
        return http.call(request, answer -> DcsStats.of(text(object(answer.body()), "full_migration_progress")));
    }

    @Override
    public List<StopResult> stopTasks(String projectId, List<String> taskIds) {
        var body = JSON.writeValueAsString(Map.of("migration_tasks", taskIds));
        var request = CloudRequest.write(
                        "BatchStopMigrationTasks", "POST", body, "v2", projectId, "migration-task", "batch-stop")
                .inProject(projectId)
                .until(deadline);
        return http.call(request, answer -> results(object(answer.body()), taskIds));
    }

    private static DcsPage page(JsonNode root) {
        var list = root.path("migration_tasks");
        var count = root.path("count");
        if (!list.isArray() && count.asInt(-1) != 0) {
            throw new UnreadableAnswerException("the answer has no list migration_tasks");
        }
        var tasks = new ArrayList<DcsTask>();
        for (var element : list) {
            if (text(element, "task_id") != null) { // an element without an id counts as missing
                tasks.add(task(element));
            }
        }
        return new DcsPage(count(count), List.copyOf(tasks));
    }

    /** Reads a whole number, written as a number or as a text; null for anything else. */
    private static @Nullable Integer count(JsonNode count) {
        int number = count.asInt(-1);
        return number < 0 ? null : number;
    }

    private static DcsTask task(JsonNode task) {
        var id = text(task, "task_id");
        if (id == null) {
            throw new UnreadableAnswerException("the answer has no task_id");
        }
        return new DcsTask(id, text(task, "task_name"), text(task, "status"));
    }

    private static List<StopResult> results(JsonNode root, List<String> requestedIds) {
        if (!root.path("migration_tasks").isArray()) {
            throw new UnreadableAnswerException("the answer has no list migration_tasks");
        }
        var results = new ArrayList<StopResult>();
        for (var item : root.path("migration_tasks")) {
            var id = String.valueOf(text(item, "task_id"));
            if (requestedIds.stream().noneMatch(id::equalsIgnoreCase)) {
                throw new UnreadableAnswerException(
                        "ALARM: the answer is about task %s, which was not requested".formatted(id));
            }
            results.add(new StopResult(id, text(item, "result"), text(item, "error_code"), text(item, "error_msg")));
        }
        return List.copyOf(results);
    }

    private static JsonNode object(String body) {
        var root = body.isBlank() ? JSON.missingNode() : JSON.readTree(body);
        if (!root.isObject()) {
            throw new UnreadableAnswerException("the answer is not a JSON object");
        }
        return root;
    }

    private static @Nullable String text(JsonNode node, String field) {
        var text = node.path(field).asString("").strip();
        return text.isEmpty() ? null : text;
    }
}
