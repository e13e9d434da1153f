package dev.smsrunner.simulator;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A task that exists on a source before the first CreateTask call. */
final class LeftoverTask {

    private LeftoverTask() {}

    static SimulatedTask task(SimulatedServer server, String id, Phase phase, Instant epoch) {
        server.countTask();
        ServerSpec machine = server.machine();
        LeftoverTarget to = Objects.requireNonNullElse(server.fault().leftoverTarget(), LeftoverTarget.USUAL);
        String usual = machine.isWindows() ? "MIGRATE_BLOCK" : "MIGRATE_FILE";
        ObjectNode spec = SimulatorJson.object();
        spec.put("name", "LeftoverTask").put("type", Objects.requireNonNullElse(to.type(), usual));
        spec.put("os_type", machine.osType()).put("priority", 1);
        spec.put("exist_server", to.serverId() != null);
        spec.put("region_id", to.region()).put("region_name", to.region());
        spec.put("project_id", to.project()).put("project_name", to.region());
        put(spec, "vm_template_id", to.template());
        put(spec, "migration_ip", to.migrationIp());
        if (to.publicNetwork() != null) {
            spec.put("use_public_ip", to.publicNetwork());
        }
        spec.put("syncing", phase.inSync()).put("start_target_server", true);
        spec.putObject("source_server").put("id", server.id());
        ObjectNode target = spec.putObject("target_server").put("name", machine.name());
        target.put("vm_id", Objects.requireNonNullElse(to.serverId(), ""));
        target.set("disks", DiskLayout.proposal(machine.disks()));
        if (to.serverId() != null) {
            target.path("disks").forEach(disk -> ((ObjectNode) disk).put("disk_id", "0"));
        }
        target.set("volume_groups", machine.volumeGroups());
        target.set("btrfs_list", machine.btrfs());
        return new SimulatedTask(id, server, spec, TaskPhase.of(phase, epoch));
    }

    private static void put(ObjectNode spec, String field, @Nullable String value) {
        if (value != null) {
            spec.put(field, value);
        }
    }
}
