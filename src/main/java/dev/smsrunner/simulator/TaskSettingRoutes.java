package dev.smsrunner.simulator;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** ShowConfigSetting, UploadSpecialConfigurationSetting, ShowConsistencyResult and CollectLog of a task. */
record TaskSettingRoutes(SimulatedCloud cloud) {

    SimulatedResponse settings(Request request) {
        SimulatedTask task = find(request);
        ArrayNode wanted = SimulatorJson.array();
        String key = request.query().getOrDefault("config_key", "");
        for (JsonNode setting : task.notes().path("configurations")) {
            if (key.isEmpty() || key.equals(SimulatorJson.text(setting, "config_key"))) {
                wanted.add(setting);
            }
        }
        ObjectNode body = SimulatorJson.object().put("task_id", task.id()).put("migrate_type", migrateType(task));
        body.set("configurations", wanted);
        return SimulatedResponse.ok(body);
    }

    private static String migrateType(SimulatedTask task) {
        return task.server().machine().osType() + "_" + SimulatorJson.text(task.spec(), "type");
    }

    /** Replaces the values of existing keys and keeps the other keys. */
    SimulatedResponse upload(Request request) {
        SimulatedTask task = find(request);
        if (!(request.body().path("configurations") instanceof ArrayNode given)) {
            throw Refusal.service("SMS.9001", "configurations must be a list.", "configurations");
        }
        ArrayNode merged = given.deepCopy();
        for (JsonNode earlier : task.notes().path("configurations")) {
            String key = SimulatorJson.text(earlier, "config_key");
            if (given.valueStream().noneMatch(setting -> key.equals(SimulatorJson.text(setting, "config_key")))) {
                merged.add(earlier);
            }
        }
        ObjectNode note = SimulatorJson.object();
        note.set("configurations", merged);
        note(task, note, request);
        return SimulatedResponse.accepted();
    }

    SimulatedResponse consistency(Request request) {
        return SimulatedResponse.ok(FileComparison.answer(find(request), request.now()));
    }

    SimulatedResponse collectLog(Request request) {
        String bucket = SimulatorJson.text(request.body(), "log_bucket");
        if (bucket.isEmpty()) {
            throw Refusal.service("SMS.9001", "log_bucket is mandatory.", "log_bucket");
        }
        note(find(request), SimulatorJson.object().put("log_bucket", bucket), request);
        return SimulatedResponse.accepted();
    }

    private void note(SimulatedTask task, ObjectNode note, Request request) {
        cloud.execute(new Mutation(request.now(), Mutation.Kind.NOTE_TASK, task.id(), note));
        request.trace().markExecuted(null);
    }

    private SimulatedTask find(Request request) {
        SimulatedTask task = TaskRoutes.find(cloud, request.id(), request.now());
        request.trace().on(task.server().id(), task.id());
        return task;
    }
}
