package dev.smsrunner.job.migrate.preflight;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.jobfile.CutoverSettings;
import java.util.LinkedHashMap;
import java.util.Map;

/** Rows of an inventory from which tests of the preflight start. */
public final class Rows {

    /** Launch rules that no task breaks. */
    public static final AutoLaunchCheck NOTHING_WAITS =
            AutoLaunchCheck.of(new CutoverSettings(CutoverSettings.LaunchMode.SYNCED, null));

    private Rows() {}

    /** The cells of a complete row, with some of them changed or added. */
    public static Map<String, String> cells(String... changes) {
        var cells = new LinkedHashMap<String, String>();
        cells.put("server_name", "erp-db-02");
        cells.put("source_ip", "");
        cells.put("source_server_id", "");
        cells.put("server_os_family", "LINUX");
        cells.put("migration_type", "MIGRATE_FILE");
        cells.put("target_region", "ap-southeast-3");
        cells.put("target_project_id", "0a1b2c3d4e5f60718293a4b5c6d7e8f9");
        cells.put("vm_template_id", "template-1");
        for (int i = 0; i < changes.length; i += 2) {
            cells.put(changes[i], changes[i + 1]);
        }
        return cells;
    }

    public static InventoryRow row(String... changes) {
        return row(17, changes);
    }

    public static InventoryRow row(int number, String... changes) {
        return InventoryRow.restore(number, number + 1, cells(changes), Map.of());
    }
}
