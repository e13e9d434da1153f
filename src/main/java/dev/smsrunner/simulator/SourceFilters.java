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
    static Predicate<SimulatedServer> of(String parameter, String value, SimulatedCloud cloud, Instant now) {
        return switch (parameter) {
            case "state" -> server -> displayedState(server, cloud, now).state().equals(value);
            case "migration_cycle" ->
                server -> displayedState(server, cloud, now).cycle().equals(value);
            case "name" -> server -> server.name().contains(value);
            case "id" -> server -> server.id().equals(value);
            case "ip" -> server -> server.machine().ip().equals(value);
            case "connected" ->
                server -> String.valueOf(server.isConnected(now)).equals(value);
            case "migproject" -> server -> SourceView.MIGRATION_PROJECT.equals(value);
            case "enterprise_project_id" -> server -> value.equals("0") || value.equals("all_granted_eps");
            case "is_consistency_result_exist" ->
                server -> value.equals(String.valueOf(hasComparison(cloud.taskOf(server, now), now)));
            case "vm_id" -> server -> value.equals(targetOf(cloud.taskOf(server, now)));
            default -> server -> false;
        };
    }

    private static DisplayedState displayedState(SimulatedServer server, SimulatedCloud cloud, Instant now) {
        cloud.taskOf(server, now);
        return server.displayedState(now);
    }

    private static boolean hasComparison(@Nullable SimulatedTask task, Instant now) {
        return task != null && FileComparison.latestEnd(task, now) != null;
    }

    private static @Nullable String targetOf(@Nullable SimulatedTask task) {
        return task == null ? null : SimulatorJson.text(task.spec().path("target_server"), "vm_id");
    }
}
