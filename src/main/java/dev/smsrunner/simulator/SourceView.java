package dev.smsrunner.simulator;

import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Source servers in the JSON of ListServers and ShowServer, which differ in fields and units. */
record SourceView(SimulatedCloud cloud) {

    static final String MIGRATION_PROJECT = "default-migration-project";

    /** ListServers: memory in bytes, a full current_task, no btrfs_list. */
    ObjectNode listItem(SimulatedServer server, Instant now) {
        SimulatedTask task = visibleTask(server, now);
        ObjectNode json = common(server, task, now);
        json.put("memory", server.machine().memoryMb() * (1L << 20));
        json.put("is_consistency_result_exist", task != null && FileComparison.latestEnd(task, now) != null);
        json.set("current_task", task == null ? SimulatorJson.MAPPER.nullNode() : TaskView.current(task, now, true));
        return json;
    }

    /** ShowServer: memory in MB, a shorter current_task, and the details of the machine. */
    ObjectNode details(SimulatedServer server, Instant now) {
        SimulatedTask task = visibleTask(server, now);
        ServerSpec machine = server.machine();
        ObjectNode json = common(server, task, now);
        json.put("memory", machine.memoryMb());
        json.put("hostname", machine.name()).put("firmware", machine.firmware()).put("agent_version", "25.6.0");
        json.set("disks", machine.disks());
        json.set("volume_groups", machine.volumeGroups());
        json.set("btrfs_list", machine.btrfs());
        ObjectNode network =
                json.putArray("networks").addObject().put("name", machine.isWindows() ? "Ethernet" : "eth0");
        network.put("ip", machine.ip()).put("netmask", "255.255.255.0").put("mtu", 1500);
        json.set("current_task", task == null ? SimulatorJson.MAPPER.nullNode() : TaskView.current(task, now, false));
        return json;
    }

    private @Nullable SimulatedTask visibleTask(SimulatedServer server, Instant now) {
        SimulatedTask task = cloud.taskOf(server, now);
        return task == null || TaskView.isHidden(task, now) ? null : task;
    }

    private static ObjectNode common(SimulatedServer server, @Nullable SimulatedTask task, Instant now) {
        ServerSpec machine = server.machine();
        DisplayedState shown = server.displayedState(now);
        ObjectNode json = SimulatorJson.object();
        json.put("id", machine.id()).put("ip", machine.ip()).put("name", server.name());
        json.put("enterprise_project_id", "0").put("add_date", machine.added().toEpochMilli());
        json.put("os_type", machine.osType())
                .put("os_version", machine.osVersion())
                .put("oem_system", false);
        json.put("state", stateText(server, task, shown, now)).put("connected", server.isConnected(now));
        json.put("cpu_quantity", machine.cpus())
                .put("has_tc", !machine.isWindows())
                .put("start_type", "MANUAL");
        json.put("migration_cycle", caseOf(server, shown.cycle()));
        json.put("replicatesize", TaskView.replicated(server, task, now)).put("totalsize", machine.totalBytes());
        json.put("last_visit_time", machine.added().toEpochMilli());
        json.put("state_action_time", shown.stateSince().toEpochMilli());
        json.put("stage_action_time", shown.cycleSince().toEpochMilli());
        json.set("checks", checks(server));
        json.set("init_target_server", proposedTarget(machine));
        return json;
    }

    private static String stateText(
            SimulatedServer server, @Nullable SimulatedTask task, DisplayedState shown, Instant now) {
        String odd = task == null ? null : TaskView.unknownState(task, now, false);
        return caseOf(server, odd == null ? shown.state() : odd);
    }

    static String caseOf(SimulatedServer server, String state) {
        return server.fault().upperCase() ? state.toUpperCase(Locale.ROOT) : state;
    }

    private static ObjectNode proposedTarget(ServerSpec machine) {
        ObjectNode target = SimulatorJson.object();
        target.set("disks", DiskLayout.proposal(machine.disks()));
        target.set("volume_groups", machine.volumeGroups());
        return target;
    }

    private static ArrayNode checks(SimulatedServer server) {
        boolean broken = server.fault().checkError();
        ArrayNode checks = SimulatorJson.array();
        checks.add(check(1, "OS_VERSION", "OK", ""));
        checks.add(check(2, "FIRMWARE", "OK", ""));
        if (!server.machine().isWindows()) {
            checks.add(check(3, "RSYNC", broken ? "ERROR" : "OK", broken ? "SMS.0515" : ""));
        } else {
            checks.add(check(3, "DRIVER", broken ? "ERROR" : "OK", broken ? "SMS.0207" : ""));
        }
        return checks;
    }

    private static ObjectNode check(int id, String name, String result, String code) {
        ObjectNode check =
                SimulatorJson.object().put("id", id).put("name", name).put("result", result);
        check.put("error_code", code).put("error_or_warn", code.isEmpty() ? "" : name + " check failed");
        check.put("error_params", "");
        check.putArray("params");
        return check;
    }
}
