package dev.smsrunner.simulator;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Test client of a simulator over HTTP with literal field names. */
final class SimulatorClient {

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final String endpoint;

    SimulatorClient(Simulator simulator) {
        this.endpoint = simulator.endpoint();
    }

    record Reply(int status, String text, HttpResponse<String> response) {

        JsonNode json() {
            return SimulatorJson.MAPPER.readTree(text);
        }

        String code() {
            return SimulatorJson.text(json(), "error_code");
        }
    }

    Reply get(String path) {
        return send(request(path).GET());
    }

    Reply post(String path, Object body) {
        return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    Reply put(String path, Object body) {
        return send(request(path).PUT(HttpRequest.BodyPublishers.ofString(body.toString())));
    }

    Reply delete(String path) {
        return send(request(path).DELETE());
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(endpoint + path)).timeout(Duration.ofSeconds(20));
    }

    Reply send(HttpRequest.Builder request) {
        try {
            return exchange(request);
        } catch (IOException ex) {
            throw new java.io.UncheckedIOException(ex);
        }
    }

    Reply exchange(HttpRequest.Builder request) throws IOException {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body(), response);
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    JsonNode servers(String query) {
        return get("/v3/sources?" + query).json();
    }

    /** The first server of a system: LINUX or WINDOWS. */
    JsonNode firstServer(String system) {
        for (JsonNode server : servers("limit=200").path("source_servers")) {
            if (SimulatorJson.text(server, "os_type").equals(system)) {
                return server;
            }
        }
        throw new AssertionError("no " + system + " server");
    }

    JsonNode source(String id) {
        return get("/v3/sources/" + id).json();
    }

    JsonNode task(String id) {
        return get("/v3/tasks/" + id).json();
    }

    String anyTemplate() {
        JsonNode templates = get("/v3/vm/templates").json().path("templates");
        return SimulatorJson.text(templates.get(0), "id");
    }

    /** A complete create body for a server, by template. */
    ObjectNode createBody(JsonNode server, boolean syncing) {
        return createBody(server, syncing, anyTemplate());
    }

    ObjectNode createBody(JsonNode server, boolean syncing, String template) {
        boolean windows = SimulatorJson.text(server, "os_type").equals("WINDOWS");
        ObjectNode body =
                SimulatorJson.object().put("name", "Migration_1").put("os_type", SimulatorJson.text(server, "os_type"));
        body.put("type", windows ? "MIGRATE_BLOCK" : "MIGRATE_FILE").put("vm_template_id", template);
        body.put("region_id", "r")
                .put("region_name", "r")
                .put("project_id", "p")
                .put("project_name", "p");
        body.put("syncing", syncing);
        body.putObject("source_server").put("id", SimulatorJson.text(server, "id"));
        ObjectNode target =
                body.putObject("target_server").put("name", "target").put("vm_id", "");
        target.set("disks", server.path("init_target_server").path("disks"));
        target.set("volume_groups", server.path("init_target_server").path("volume_groups"));
        return body;
    }

    String create(JsonNode server, boolean syncing) {
        Reply reply = post("/v3/tasks", createBody(server, syncing));
        if (reply.status() != 200) {
            throw new AssertionError(reply.text());
        }
        return SimulatorJson.text(reply.json(), "id");
    }

    Reply act(String taskId, String operation) {
        return post("/v3/tasks/" + taskId + "/action", SimulatorJson.object().put("operation", operation));
    }

    /** Task state, source state and cycle as shown by the API. */
    String states(String taskId) {
        JsonNode task = task(taskId);
        JsonNode source = source(SimulatorJson.text(task.path("source_server"), "id"));
        return SimulatorJson.text(task, "state") + "/" + SimulatorJson.text(source, "state") + "/"
                + SimulatorJson.text(source, "migration_cycle");
    }
}
