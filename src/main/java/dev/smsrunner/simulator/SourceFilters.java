package dev.smsrunner.simulator;

import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The query parameters of ListServers that filter servers. */
final class SourceFilters {

    static final List<String> NAMES = List.of(
            "state",
            "name",
            "id",
            "ip",
            "ipv6",
            "migproject",
            "migration_cycle",
            "connected",
            "enterprise_project_id",
            "is_consistency_result_exist",
            "vm_id");

    private SourceFilters() {}

    /** The name matches as a substring. All other parameters match exactly. */
    static Predicate<SimulatedServer> of(String parameter, String wanted, SimulatedCloud cloud, Instant now) {
        return switch (parameter) {
            case "state" -> server -> shown(server, cloud, now).state().equals(wanted);
            case "migration_cycle" ->
                server -> shown(server, cloud, now).cycle().equals(wanted);
            case "name" -> server -> server.name().contains(wanted);
            case "id" -> server -> server.id().equals(wanted);
            case "ip" -> server -> server.machine().ip().equals(wanted);
            case "connected" ->
                server -> String.valueOf(server.isConnected(now)).equals(wanted);
            case "migproject" -> server -> SourceView.MIGRATION_PROJECT.equals(wanted);
            case "enterprise_project_id" -> server -> wanted.equals("0") || wanted.equals("all_granted_eps");
            case "is_consistency_result_exist" ->
                server -> wanted.equals(String.valueOf(compared(cloud.taskOf(server, now), now)));
            case "vm_id" -> server -> wanted.equals(targetOf(cloud.taskOf(server, now)));
            default -> server -> false;
        };
    }

    private static DisplayedState shown(SimulatedServer server, SimulatedCloud cloud, Instant now) {
        cloud.taskOf(server, now);
        return server.shown(now);
    }

    private static boolean compared(@Nullable SimulatedTask task, Instant now) {
        return task != null && FileComparison.latestEnd(task, now) != null;
    }

    private static @Nullable String targetOf(@Nullable SimulatedTask task) {
        return task == null ? null : SimulatorJson.text(task.spec().path("target_server"), "vm_id");
    }
}
