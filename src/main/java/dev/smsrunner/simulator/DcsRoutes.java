package dev.smsrunner.simulator;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * DCS v2: BatchStopMigrationTasks, StopMigrationTask, ShowMigrationTask, ShowMigrationTaskStats, ListMigrationTask and
 * DeleteMigrationTask. Status 200 on a stop means dispatched, not completed.
 */
record DcsRoutes(SimulatedCloud cloud) {

    private static final Set<String> RUNNING = Set.of("FULLMIGRATING", "INCRMIGEATING", "MIGRATING", "TERMINATING");
    private static final int KEYS = 1200;
    private static final int MOST_STOPPED = 50;

    /** An unknown id fails the whole call. A task that cannot be stopped fails only its own item. */
    SimulatedResponse stop(Request request) {
        List<SimulatedDcsTask> tasks = requestedTasks(project(request), request.body());
        ArrayNode results = SimulatorJson.array();
        request.trace().on(null, null);
        tasks.forEach(task -> results.add(stop(task, request)));
        ObjectNode body = SimulatorJson.object();
        body.set("migration_tasks", results);
        return SimulatedResponse.ok(body);
    }

    /** @throws Refusal 404 for an unknown project; the page documents no code for it */
    private String project(Request request) {
        String project = request.path().getOrDefault("project", "");
        if (!cloud.dcsTasks().knows(project)) {
            throw Refusal.of(404, "", "The requested resource does not exist.");
        }
        return project;
    }

    private List<SimulatedDcsTask> requestedTasks(String project, ObjectNode body) {
        if (body.path("migration_tasks").size() > MOST_STOPPED) { // the page documents no code for it
            throw Refusal.service("DCS.4855", "The number of migration tasks exceeds " + MOST_STOPPED + ".");
        }
        List<SimulatedDcsTask> tasks = new ArrayList<>();
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

    private ObjectNode stop(SimulatedDcsTask task, Request request) {
        boolean accepted = !cloud.dcsTasks().isGone(task)
                && task.acceptsStop(cloud.dcsTasks().stopsOf(task));
        ObjectNode result =
                SimulatorJson.object().put("task_id", task.id()).put("result", accepted ? "success" : "failed");
        String before = status(task, request.now());
        if (accepted || task.conduct() == SimulatedDcsTask.Conduct.RELUCTANT) {
            cloud.execute(new Mutation(request.now(), Mutation.Kind.STOP_DCS_TASK, task.id(), SimulatorJson.object()));
        }
        if (accepted) {
            cloud.recordEffect("stop-dcs", null, task.id(), before, status(task, request.now()), request);
            return result;
        }
        return result.put("error_code", cloud.dcsTasks().isGone(task) ? "DCS.4133" : "DCS.4855")
                .put("error_msg", "The migration task in status " + before + " cannot be stopped.");
    }

    /** Stops one task. Refuses the whole call where the batch call fails an item. */
    SimulatedResponse stopOne(Request request) {
        SimulatedDcsTask task = find(request, request.id());
        ObjectNode result = stop(task, request);
        request.trace().on(null, null);
        if (result.has("error_code")) {
            throw Refusal.wrongState(SimulatorJson.text(result, "error_code"), SimulatorJson.text(result, "error_msg"));
        }
        return show(request);
    }

    /** Deletes tasks that have ended and refuses the others. */
    SimulatedResponse delete(Request request) {
        List<SimulatedDcsTask> tasks = new ArrayList<>();
        request.body().path("task_id_list").forEach(id -> tasks.add(find(request, id.asString(""))));
        for (SimulatedDcsTask task : tasks) {
            String status = status(task, request.now());
            if (RUNNING.contains(status)) {
                throw Refusal.wrongState("DCS.4855", "The migration task in status " + status + " cannot be deleted.");
            }
        }
        ArrayNode deleted = SimulatorJson.array();
        for (SimulatedDcsTask task : tasks) {
            cloud.execute(
                    new Mutation(request.now(), Mutation.Kind.DELETE_DCS_TASK, task.id(), SimulatorJson.object()));
            cloud.recordEffect("delete-dcs", null, task.id(), status(task, request.now()), "deleted", request);
            deleted.add(task.id());
        }
        ObjectNode body = SimulatorJson.object();
        body.set("task_id_list", deleted);
        return SimulatedResponse.ok(body);
    }

    SimulatedResponse stats(Request request) {
        SimulatedDcsTask task = find(request, request.id());
        boolean running = RUNNING.contains(status(task, request.now()));
        int progress = task.fullProgress(cloud.dcsTasks().stopsOf(task), request.now());
        ObjectNode json = SimulatorJson.object().put("full_migration_progress", String.valueOf(progress));
        json.put(
                "offset",
                progress < 100 ? null : running ? "1048576" : "0"); // documented for the incremental phase only
        json.put("source_dbsize", "db0:keys=" + KEYS).put("target_dbsize", "db0:keys=" + KEYS * progress / 100);
        json.put("target_input_kbps", running ? "12.5" : "0").put("target_ops", running ? "40" : "0");
        return SimulatedResponse.ok(json.put("is_migrating", running));
    }

    private SimulatedDcsTask find(Request request, String id) {
        return cloud.dcsTasks()
                .find(project(request), id)
                .filter(found -> !cloud.dcsTasks().isGone(found))
                .orElseThrow(() -> Refusal.service("DCS.4133", "The migration task does not exist."));
    }

    SimulatedResponse show(Request request) {
        SimulatedDcsTask task = find(request, request.id());
        ObjectNode json = view(task, request.now());
        json.put("description", "").put("network_type", "vpc").put("bandwidth_limit_mb", "0");
        json.put("updated_at", request.now().toString());
        json.set("source_instance", SimulatorJson.object().put("addrs", "10.30.0.10:6379"));
        json.set("target_instance", SimulatorJson.object().put("name", task.name() + "-target"));
        return SimulatedResponse.ok(json);
    }

    SimulatedResponse list(Request request) {
        String name = request.query().getOrDefault("name", "");
        List<SimulatedDcsTask> matches = cloud.dcsTasks().all(project(request)).stream()
                .filter(task -> !cloud.dcsTasks().isGone(task) && task.name().contains(name))
                .toList();
        PageRequest paging = PageRequest.of(request, 1000, 10);
        return SimulatedResponse.ok(paging.page(matches, "migration_tasks", task -> view(task, request.now())));
    }

    private ObjectNode view(SimulatedDcsTask task, Instant now) {
        ObjectNode json = SimulatorJson.object().put("task_id", task.id()).put("task_name", task.name());
        json.put("status", status(task, now)).put("migration_type", "online_migration");
        json.put("migration_method", "incremental_migration").put("resume_mode", "auto");
        return json.put("created_at", task.created().toString()).putNull("released_at");
    }

    private String status(SimulatedDcsTask task, Instant now) {
        return cloud.dcsTasks().displayedStatus(task, now);
    }
}
