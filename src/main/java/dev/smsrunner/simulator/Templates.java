package dev.smsrunner.simulator;

import java.util.List;
import java.util.stream.IntStream;
import tools.jackson.databind.node.ObjectNode;

/** The server templates of the world: one per size, with what a target needs; ListTemplates and ShowTemplate. */
final class Templates {

    private static final List<String> NAMES =
            List.of("linux-general", "windows-general", "linux-large", "windows-large");

    private final List<ObjectNode> templates;

    Templates(World world) {
        templates = IntStream.range(0, NAMES.size())
                .mapToObj(number -> template(world, number))
                .toList();
    }

    boolean has(String id) {
        return templates.stream().anyMatch(template -> Json.text(template, "id").equals(id));
    }

    /** @throws Refusal SMS.7101 when there is no such template */
    void require(String id) {
        if (!has(id)) {
            throw Refusal.service("SMS.7101", "The template " + id + " does not exist.", id);
        }
    }

    Answer list(Request request) {
        Paging paging = Paging.of(request, 100, 50);
        List<ObjectNode> matches = templates.stream()
                .filter(template -> wanted(request, template, "name", "name"))
                .filter(template -> wanted(request, template, "region", "region"))
                .filter(template -> wanted(request, template, "availability_zone", "availability_zone"))
                .filter(template -> wanted(request, template, "id", "id"))
                .toList();
        return Answer.ok(paging.page(matches, "templates", template -> template));
    }

    private static boolean wanted(Request request, ObjectNode template, String parameter, String field) {
        return !request.has(parameter)
                || Json.text(template, field).equals(request.query().get(parameter));
    }

    Answer show(Request request) {
        require(request.id());
        ObjectNode body = Json.object();
        templates.stream()
                .filter(template -> Json.text(template, "id").equals(request.id()))
                .forEach(template -> body.set("template", template));
        return Answer.ok(body);
    }

    private static ObjectNode template(World world, int number) {
        String name = NAMES.get(number);
        ObjectNode json = Json.object().put("id", world.id("template", number)).put("name", name);
        json.put("is_template", true)
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
