package dev.smsrunner.scenario;

import dev.smsrunner.simulator.KnownServer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The inventory of a scenario: a row for each server of the world, with the changes of the scenario. */
public final class InventoryRows {

    private static final List<String> COLUMNS = List.of(
            "wave_name",
            "server_name",
            "source_server_id",
            "source_ip",
            "migration_type",
            "vm_template_id",
            "priority",
            "depends_on",
            "verify_consistency",
            "change_ticket");

    private final Map<String, Map<String, String>> rows = new LinkedHashMap<>();

    /** The rows of the first servers of the simulated world. */
    public static InventoryRows of(int servers) {
        var rows = new InventoryRows();
        KnownServer.first(servers).forEach(rows::add);
        return rows;
    }

    /** The row of one server of the simulated world. */
    public static InventoryRows of(KnownServer server) {
        var rows = new InventoryRows();
        rows.add(server);
        return rows;
    }

    private void add(KnownServer server) {
        var cells = new LinkedHashMap<String, String>();
        COLUMNS.forEach(column -> cells.put(column, ""));
        cells.put("server_name", server.name());
        cells.put("source_ip", server.ip());
        cells.put("migration_type", server.windows() ? "MIGRATE_BLOCK" : "MIGRATE_FILE");
        cells.put("vm_template_id", KnownServer.template());
        rows.put(server.name(), cells);
    }

    /** Sets a cell. A server unknown to the cloud gets a new row. */
    public void set(String server, String column, String cell) {
        rows.computeIfAbsent(server, name -> unknown(name)).put(column, cell);
    }

    /** Removes a row. */
    public void remove(String server) {
        rows.remove(server);
    }

    private static Map<String, String> unknown(String name) {
        var cells = new LinkedHashMap<String, String>();
        COLUMNS.forEach(column -> cells.put(column, ""));
        cells.put("server_name", name);
        cells.put("vm_template_id", KnownServer.template());
        return cells;
    }

    /** The inventory as CSV. */
    public String text() {
        var columns = new LinkedHashSet<>(COLUMNS);
        rows.values().forEach(cells -> columns.addAll(cells.keySet()));
        var body = rows.values().stream()
                .map(cells -> columns.stream()
                        .map(column -> cells.getOrDefault(column, ""))
                        .collect(Collectors.joining(",")))
                .collect(Collectors.joining("\n"));
        return String.join(",", columns) + "\n" + body + "\n";
    }
}
