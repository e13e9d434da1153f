package dev.smsrunner.simulator;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** GET /v3/errors: the failed migrations. */
record ErrorRoutes(SimulatedCloud cloud) {

    SimulatedResponse list(Request request) {
        List<SimulatedTask> failed = cloud.tasks(request.now()).stream()
                .filter(task -> task.situation(request.now()).phase().isFailure())
                .toList();
        return SimulatedResponse.ok(
                PageRequest.of(request, 100, 50).page(failed, "migration_errors", task -> view(task, request)));
    }

    private static JsonNode view(SimulatedTask task, Request request) {
        SimulatedServer server = task.server();
        return SimulatorJson.object()
                .put("error_json", TaskView.errorJson(task, request.now()))
                .put("host_name", server.machine().name())
                .put("name", server.name())
                .put("source_id", server.id())
                .put("source_ip", server.machine().ip())
                .put("target_ip", SimulatorJson.text(task.spec(), "migration_ip"));
    }
}
