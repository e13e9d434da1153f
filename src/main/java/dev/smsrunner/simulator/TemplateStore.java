package dev.smsrunner.simulator;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The server templates, initially one per size. Create-, List-, Show-, Update-, DeleteTemplate and DeleteTemplates. */
record TemplateStore(SimulatedCloud cloud) {

    static final String KIND = "template";

    private static final List<String> NAMES =
            List.of("linux-general", "windows-general", "linux-large", "windows-large");
    private static final List<String> MANDATORY = List.of("name", "region", "projectid");

    /** Adds the initial templates of a world. */
    static void populate(ServerGenerator world, DocumentStore documents) {
        for (int number = 0; number < NAMES.size(); number++) {
            documents.put(KIND, world.id(KIND, number), template(world, number));
        }
    }

    boolean has(String id) {
        return cloud.documents().find(KIND, id).isPresent();
    }

    /** @throws Refusal SMS.7101 for an unknown template */
    ObjectNode require(String id) {
        return cloud.documents()
                .find(KIND, id)
                .orElseThrow(() -> Refusal.service("SMS.7101", "The template " + id + " does not exist.", id));
    }

    SimulatedResponse list(Request request) {
        PageRequest paging = PageRequest.of(request, 100, 50);
        List<ObjectNode> matches = cloud.documents().all(KIND).stream()
                .filter(template -> matches(request, template, "name", "name"))
                .filter(template -> matches(request, template, "region", "region"))
                .filter(template -> matches(request, template, "availability_zone", "availability_zone"))
                .filter(template -> matches(request, template, "id", "id"))
                .toList();
        return SimulatedResponse.ok(paging.page(matches, "templates", template -> template));
    }

    private static boolean matches(Request request, ObjectNode template, String parameter, String field) {
        return !request.has(parameter)
                || SimulatorJson.text(template, field).equals(request.query().get(parameter));
    }

    SimulatedResponse show(Request request) {
        ObjectNode body = SimulatorJson.object();
        body.set("template", require(request.id()));
        return SimulatedResponse.ok(body);
    }

    SimulatedResponse create(Request request) {
        ObjectNode given = validTemplate(request);
        String id = cloud.world().id(KIND, cloud.documents().ever(KIND));
        cloud.store(KIND, id, SimulatorJson.object().put("id", id).setAll(given), request);
        return SimulatedResponse.id(id);
    }

    SimulatedResponse update(Request request) {
        ObjectNode merged = require(request.id()).deepCopy();
        merged.setAll(validTemplate(request));
        cloud.store(KIND, request.id(), merged, request);
        return SimulatedResponse.accepted();
    }

    /** {@code is_template} is a flag in the request and a text in the answer. The password is a secret and is not stored. */
    private static ObjectNode validTemplate(Request request) {
        if (!(request.body().path("template") instanceof ObjectNode template)) {
            throw Refusal.service("SMS.9001", "template is mandatory.", "template");
        }
        for (String field : MANDATORY) {
            if (SimulatorJson.text(template, field).isEmpty()) {
                throw Refusal.service("SMS.9001", "template." + field + " is mandatory.", field);
            }
        }
        ObjectNode kept = template.deepCopy();
        kept.remove(List.of("target_password", "id"));
        return kept.put("is_template", String.valueOf(SimulatorJson.flag(template, "is_template", false)));
    }

    SimulatedResponse delete(Request request) {
        delete(request.id(), request);
        return SimulatedResponse.accepted();
    }

    SimulatedResponse deleteSeveral(Request request) {
        for (JsonNode id : request.body().path("ids")) {
            delete(id.asString(""), request);
        }
        return SimulatedResponse.accepted();
    }

    private void delete(String id, Request request) {
        require(id);
        boolean used = cloud.tasks(request.now()).stream()
                .anyMatch(task ->
                        SimulatorJson.text(task.spec(), "vm_template_id").equals(id));
        if (used) {
            throw Refusal.wrongState("SMS.7111", "The template " + id + " is used by a migration task.");
        }
        cloud.discard(KIND, id, request);
    }

    private static ObjectNode template(ServerGenerator world, int number) {
        String name = NAMES.get(number);
        ObjectNode json =
                SimulatorJson.object().put("id", world.id(KIND, number)).put("name", name);
        json.put("is_template", "true")
                .put("region", "ap-southeast-3")
                .put("projectid", "0a1b2c3d4e5f60718293a4b5c6d7e8f9");
        json.put("target_server_name", "")
                .put("availability_zone", "ap-southeast-3a")
                .put("volumetype", "SSD");
        json.put("flavor", name.endsWith("large") ? "s6.2xlarge.4" : "s6.large.4");
        json.set(
                "vpc",
                json.objectNode()
                        .put("id", world.id("vpc", 0))
                        .put("name", "vpc-migration")
                        .put("cidr", "10.200.0.0/16"));
        ObjectNode nic = json.putArray("nics").addObject();
        nic.put("id", world.id("subnet", 0))
                .put("name", "subnet-migration")
                .put("cidr", "10.200.1.0/24")
                .put("ip", "");
        ObjectNode group = json.putArray("security_groups").addObject();
        group.put("id", world.id("group", 0)).put("name", "sg-migration");
        json.putArray("disk");
        return json.put("data_volume_type", "SSD").put("image_id", world.id("image", number));
    }
}
