package dev.smsrunner.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** DCS v2: BatchStopMigrationTasks, ShowMigrationTask, ListMigrationTask; 200 on a stop means dispatched, not done. */
final class DcsRoutes {

    private final Cloud cloud;

    DcsRoutes(Cloud cloud) {
        this.cloud = cloud;
    }

    /** An id that never existed fails the whole call, one that cannot be stopped only its own item. */
    Answer stop(Request request) {
        List<DcsTask> tasks = wanted(project(request), request.body());
        ArrayNode results = Json.array();
        request.trace().on(null, null);
        tasks.forEach(task -> results.add(stop(task, request)));
        ObjectNode body = Json.object();
        body.set("migration_tasks", results);
        return Answer.ok(body);
    }

    /** @throws Refusal 404 for a project that is not there; the page gives no code for it */
    private String project(Request request) {
        String project = request.path().getOrDefault("project", "");
        if (!cloud.dcsTasks().knows(project)) {
            throw Refusal.of(404, "", "The requested resource does not exist.");
        }
        return project;
    }

    private List<DcsTask> wanted(String project, ObjectNode body) {
        List<DcsTask> tasks = new ArrayList<>();
        for (JsonNode id : body.path("migration_tasks")) {
            tasks.add(cloud.dcsTasks()
                    .find(project, id.asString(""))
                    .orElseThrow(() -> Refusal.service("DCS.4855", "invalid migration task id in the request.")));
        }
        if (tasks.isEmpty()) {
            throw Refusal.service("DCS.4855", "invalid migration task id in the request.");
        }
        return tasks;
    }

    private ObjectNode stop(DcsTask task, Request request) {
        boolean accepted = task.acceptsStop(cloud.dcsTasks().stopsOf(task));
        ObjectNode result = Json.object().put("task_id", task.id()).put("result", accepted ? "success" : "failed");
        String before = status(task, request.now());
        if (accepted || task.conduct() == DcsTask.Conduct.RELUCTANT) {
            cloud.execute(new Mutation(request.now(), Mutation.Kind.STOP_DCS_TASK, task.id(), Json.object()));
        }
        if (accepted) {
            cloud.note("stop-dcs", task.id(), before, status(task, request.now()), request);
            return result;
        }
        return result.put("error_code", task.isDeleted() ? "DCS.4133" : "DCS.4855")
                .put("error_msg", "The migration task in status " + before + " cannot be stopped.");
    }

    Answer show(Request request) {
        DcsTask task = cloud.dcsTasks()
                .find(project(request), request.id())
                .filter(found -> !found.isDeleted())
                .orElseThrow(() -> Refusal.service("DCS.4133", "The migration task does not exist."));
        ObjectNode json = view(task, request.now());
        json.put("description", "").put("network_type", "vpc").put("bandwidth_limit_mb", "0");
        json.put("updated_at", request.now().toString());
        json.set("source_instance", Json.object().put("addrs", "10.30.0.10:6379"));
        json.set("target_instance", Json.object().put("name", task.name() + "-target"));
        return Answer.ok(json);
    }

    Answer list(Request request) {
        String name = request.query().getOrDefault("name", "");
        List<DcsTask> matches = cloud.dcsTasks().all(project(request)).stream()
                .filter(task -> !task.isDeleted() && task.name().contains(name))
                .toList();
        Paging paging = Paging.of(request, 1000, 10);
        return Answer.ok(paging.page(matches, "migration_tasks", task -> view(task, request.now())));
    }

    private ObjectNode view(DcsTask task, Instant now) {
        ObjectNode json = Json.object().put("task_id", task.id()).put("task_name", task.name());
        json.put("status", status(task, now)).put("migration_type", "online_migration");
        json.put("migration_method", "incremental_migration").put("resume_mode", "auto");
        return json.put("created_at", task.created().toString()).putNull("released_at");
    }

    private String status(DcsTask task, Instant now) {
        return task.status(cloud.dcsTasks().stopsOf(task), now);
    }
}
