package dev.smsrunner.simulator;

import tools.jackson.databind.node.ObjectNode;

/** Migration projects: Create-, List-, Show-, Update-, DeleteMigproject and UpdateDefaultMigproject. One project is always the default. */
record MigrationProjects(SimulatedCloud cloud) {

    static final String KIND = "migproject";

    private static final int MOST = 50;

    /** Adds the initial project of an account. */
    static void populate(ServerGenerator world, DocumentStore documents) {
        ObjectNode project = withDefaults(SimulatorJson.object().put("name", SourceView.MIGRATION_PROJECT));
        String id = world.id(KIND, 0);
        documents.put(KIND, id, project.put("id", id).put("isdefault", true));
    }

    SimulatedResponse list(Request request) {
        PageRequest paging = PageRequest.of(request, 100, 50);
        return SimulatedResponse.ok(paging.page(cloud.documents().all(KIND), "migprojects", project -> project));
    }

    SimulatedResponse show(Request request) {
        return SimulatedResponse.ok(find(request));
    }

    SimulatedResponse create(Request request) {
        if (cloud.documents().all(KIND).size() >= MOST) {
            throw Refusal.service("SMS.8115", "There are " + MOST + " migration projects already.", "name");
        }
        String id = cloud.world().id(KIND, cloud.documents().ever(KIND));
        ObjectNode project = withDefaults(validProject(request)).put("id", id).put("isdefault", false);
        cloud.store(KIND, id, project, request);
        if (SimulatorJson.flag(request.body(), "isdefault", false)) {
            makeDefault(id, request);
        }
        return SimulatedResponse.id(id);
    }

    SimulatedResponse update(Request request) {
        ObjectNode merged = find(request).deepCopy();
        merged.setAll(validProject(request)).put("id", request.id());
        cloud.store(KIND, request.id(), merged, request);
        return SimulatedResponse.accepted();
    }

    SimulatedResponse setDefault(Request request) {
        find(request);
        makeDefault(request.id(), request);
        return SimulatedResponse.accepted();
    }

    private void makeDefault(String id, Request request) {
        for (ObjectNode project : cloud.documents().all(KIND)) {
            boolean chosen = SimulatorJson.text(project, "id").equals(id);
            if (chosen != SimulatorJson.flag(project, "isdefault", false)) {
                cloud.store(
                        KIND,
                        SimulatorJson.text(project, "id"),
                        project.deepCopy().put("isdefault", chosen),
                        request);
            }
        }
    }

    SimulatedResponse delete(Request request) {
        if (SimulatorJson.flag(find(request), "isdefault", false)) {
            throw Refusal.wrongState("SMS.9001", "The default migration project cannot be deleted.");
        }
        cloud.discard(KIND, request.id(), request);
        return SimulatedResponse.accepted();
    }

    /** No public page documents the code for an unknown project, so the answer is the code of an invalid parameter. */
    private ObjectNode find(Request request) {
        return cloud.documents()
                .find(KIND, request.id())
                .orElseThrow(() -> Refusal.service(
                        "SMS.9001", "The migration project " + request.id() + " does not exist.", request.id()));
    }

    private static ObjectNode validProject(Request request) {
        ObjectNode given = request.body().deepCopy();
        if (SimulatorJson.text(given, "name").isEmpty()) {
            throw Refusal.service("SMS.9001", "name is mandatory.", "name");
        }
        return given;
    }

    private static ObjectNode withDefaults(ObjectNode given) {
        ObjectNode project = SimulatorJson.object().put("description", "").put("region", "ap-southeast-3");
        project.put("start_target_server", true).put("speed_limit", 0).put("use_public_ip", true);
        project.put("exist_server", false).put("type", "MIGRATE_FILE").put("enterprise_project", "default");
        project.put("syncing", false).put("start_network_check", false);
        project.setAll(given);
        return project;
    }
}
