package dev.smsrunner.simulator;

import java.time.Instant;
import tools.jackson.databind.node.ObjectNode;

/** A task that somebody left on a source before anybody of ours created one. */
final class Leftover {

    private Leftover() {}

    static SimulatedTask task(SimulatedServer server, String id, Phase phase, Instant epoch) {
        server.expectTask();
        Machine machine = server.machine();
        ObjectNode spec = Json.object();
        spec.put("name", "LeftoverTask").put("type", machine.isWindows() ? "MIGRATE_BLOCK" : "MIGRATE_FILE");
        spec.put("os_type", machine.osType()).put("exist_server", false).put("priority", 1);
        spec.put("region_id", "ap-southeast-3").put("region_name", "ap-southeast-3");
        spec.put("project_id", "leftover-project").put("project_name", "ap-southeast-3");
        spec.put("syncing", phase.inSync()).put("start_target_server", true);
        spec.putObject("source_server").put("id", server.id());
        ObjectNode target =
                spec.putObject("target_server").put("name", machine.name()).put("vm_id", "");
        target.set("disks", DiskLayout.proposed(machine.disks()));
        target.set("volume_groups", machine.volumeGroups());
        target.set("btrfs_list", machine.btrfs());
        return new SimulatedTask(id, server, spec, Situation.of(phase, epoch));
    }
}
