package dev.smsrunner.simulator;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Rules of CreateTask and UpdateTask for a task, with the error code of each violation. */
record TaskRules(SimulatedCloud cloud, TemplateStore templates) {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_\\-\\u4e00-\\u9fff]{1,64}");
    static final Set<String> TYPES = Set.of("MIGRATE_FILE", "MIGRATE_BLOCK");
    private static final List<String> PLACE = List.of("region_id", "region_name", "project_id", "project_name");

    /** Fields of UpdateTask in both versions of its page, without the fields written by the agent. */
    private static final List<String> WRITABLE = List.of(
            "name",
            "type",
            "os_type",
            "region_id",
            "region_name",
            "project_id",
            "project_name",
            "exist_server",
            "migration_ip",
            "speed_limit",
            "priority",
            "vm_template_id",
            "target_server",
            "start_target_server",
            "enterprise_project_id",
            "use_ipv6",
            "use_public_ip");

    private static final ObjectNode DEFAULTS = SimulatorJson.object()
            .put("priority", 1)
            .put("speed_limit", 0)
            .put("start_target_server", true)
            .put("exist_server", false)
            .put("use_public_ip", true)
            .put("syncing", false);

    /** @throws Refusal with the documented code of the first violation */
    void check(ObjectNode task, Instant now) {
        SimulatedServer server = source(task, now);
        refuseUnless(
                NAME.matcher(SimulatorJson.text(task, "name")).matches(),
                "SMS.7711",
                "The task name is invalid.",
                "name");
        refuseUnless(
                TYPES.contains(SimulatorJson.text(task, "type")), "SMS.7712", "The migration type is invalid.", "type");
        checkSystem(task, server.machine());
        for (String field : PLACE) {
            refuseUnless(!SimulatorJson.text(task, field).isEmpty(), "SMS.9001", field + " is mandatory.", field);
        }
        cloud.rules().speedLimits().check(task);
        checkRange(task, "priority", 65535);
        checkTarget(task, server.machine());
    }

    private SimulatedServer source(ObjectNode task, Instant now) {
        String id = SimulatorJson.text(task.path("source_server"), "id");
        Optional<SimulatedServer> server = cloud.server(id);
        refuseUnless(server.isPresent(), "SMS.6030", "The source server ID is invalid.", "source_server.id");
        SimulatedServer found = server.orElseThrow();
        refuseUnless(found.isConnected(now), "SMS.6603", "The source server is disconnected from SMS.", found.name());
        refuseUnless(!found.fault().checkError(), "SMS.6520", "The source server is not available.", found.name());
        return found;
    }

    /** @throws Refusal SMS.7605 when the source or the target already has a task in any state */
    void checkFree(ObjectNode task, Instant now) {
        String sourceId = SimulatorJson.text(task.path("source_server"), "id");
        boolean taken = cloud.server(sourceId)
                .map(server -> cloud.taskOf(server, now) != null)
                .orElse(false);
        refuseUnless(!taken, "SMS.7605", "The source server already has a migration task.", sourceId);
        String vmId = SimulatorJson.text(task.path("target_server"), "vm_id");
        boolean targetTaken = !vmId.isEmpty() && cloud.tasks(now).stream().anyMatch(other -> usesTarget(other, vmId));
        refuseUnless(!targetTaken, "SMS.7605", "The target server is already bound to a migration task.", vmId);
    }

    private static boolean usesTarget(SimulatedTask task, String vmId) {
        return SimulatorJson.text(task.spec().path("target_server"), "vm_id").equals(vmId);
    }

    private static void checkSystem(ObjectNode task, ServerSpec machine) {
        String system = SimulatorJson.text(task, "os_type");
        boolean known = system.isEmpty() || system.equals("LINUX") || system.equals("WINDOWS");
        refuseUnless(known, "SMS.6601", "The OS type is invalid.", "os_type");
        boolean matches = system.isEmpty() || system.equals(machine.osType());
        boolean possible =
                !machine.isWindows() || SimulatorJson.text(task, "type").equals("MIGRATE_BLOCK");
        refuseUnless(matches && possible, "SMS.6610", "The migration type does not match the source OS.", "type");
    }

    private void checkTarget(ObjectNode task, ServerSpec machine) {
        JsonNode target = task.path("target_server");
        boolean named = target.isObject() && !SimulatorJson.text(target, "name").isEmpty();
        refuseUnless(named, "SMS.6031", "target_server is invalid.", "target_server");
        boolean existing = SimulatorJson.flag(task, "exist_server", false);
        if (existing) {
            checkExisting(task, target);
        } else {
            checkTemplate(SimulatorJson.text(task, "vm_template_id"));
        }
        checkDisks(target.path("disks"), machine, existing);
    }

    private static void checkExisting(ObjectNode task, JsonNode target) {
        refuseUnless(
                !SimulatorJson.text(target, "vm_id").isEmpty(), "SMS.6032", "target_server.vm_id is invalid.", "vm_id");
        String template = SimulatorJson.text(task, "vm_template_id");
        refuseUnless(
                template.isEmpty(), "SMS.9001", "vm_template_id and an existing server exclude each other.", template);
        boolean addressed = !SimulatorJson.text(task, "migration_ip").isEmpty();
        refuseUnless(addressed, "SMS.6602", "The migration IP address is invalid.", "migration_ip");
    }

    private void checkTemplate(String template) {
        refuseUnless(
                !template.isEmpty(), "SMS.6032", "Neither vm_template_id nor an existing server is given.", "vm_id");
        refuseUnless(templates.has(template), "SMS.7101", "The template " + template + " does not exist.", template);
    }

    private static void checkDisks(JsonNode disks, ServerSpec machine, boolean existing) {
        refuseUnless(disks.isArray() && !disks.isEmpty(), "SMS.6033", "target_server.disks is invalid.", "disks");
        boolean enough = disks.size() >= machine.disks().size();
        refuseUnless(enough, "SMS.0515", "The disks differ from those of the source server.", "disks");
        for (int i = 0; i < machine.disks().size(); i++) {
            boolean large = disks.get(i).path("size").asLong(0)
                    >= machine.disks().get(i).path("size").asLong();
            refuseUnless(large, "SMS.1106", "A target disk is smaller than its source disk.", "disks");
        }
        for (JsonNode disk : disks) {
            boolean typed = !existing || !SimulatorJson.text(disk, "disk_id").isEmpty();
            refuseUnless(typed, "SMS.6103", "disk_id is missing for a disk of an existing server.", "disk_id");
        }
    }

    private static void checkRange(ObjectNode task, String field, int most) {
        JsonNode value = task.path(field);
        boolean fine = value.isMissingNode()
                || value.isNull()
                || value.isIntegralNumber() && value.asLong() >= 0 && value.asLong() <= most;
        refuseUnless(fine, "SMS.9001", field + " must be from 0 to " + most + ".", field);
    }

    /** {@code target_server} of UpdateTask has more mandatory fields than in CreateTask (API reference 2024). */
    static void checkUpdate(ObjectNode body) {
        JsonNode target = body.path("target_server");
        for (String field : target.isObject() ? List.of("ip", "name", "os_type") : List.<String>of()) {
            String name = "target_server." + field;
            refuseUnless(!SimulatorJson.text(target, field).isEmpty(), "SMS.9001", name + " is mandatory.", name);
        }
    }

    /**
     * Effect of an update on the kind of target. An existing server and a template exclude each other, so setting one
     * clears the other. An update without either keeps the kind.
     */
    static ObjectNode withKind(ObjectNode changes) {
        if (SimulatorJson.flag(changes, "exist_server", false) && !changes.has("vm_template_id")) {
            changes.putNull("vm_template_id");
        }
        return changes;
    }

    /** The fields of an update writable by a caller. */
    ObjectNode writable(ObjectNode body) {
        ObjectNode changes = body.deepCopy();
        return changes.retain(WRITABLE);
    }

    /** The defaults of CreateTask, as documented. */
    ObjectNode withDefaults(ObjectNode body) {
        ObjectNode task = body.deepCopy();
        DEFAULTS.properties().stream()
                .filter(entry -> !task.hasNonNull(entry.getKey()))
                .forEach(entry -> task.set(entry.getKey(), entry.getValue()));
        return task;
    }

    private static void refuseUnless(boolean fine, String code, String text, @Nullable String param) {
        if (!fine) {
            throw Refusal.service(code, text, param == null ? "" : param);
        }
    }
}
