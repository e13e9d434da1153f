package dev.smsrunner.job.migrate.task;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.sms.Disk;
import dev.smsrunner.sms.PhysicalVolume;
import dev.smsrunner.sms.TargetLayout;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rows of an inventory and layouts of sources, from which tests of the task stage start. */
final class DesiredTaskFixtures {

    static final String SOURCE = "5f0c0a62-8b1d-4b3a-9a9b-3a1f2d6f7e11";
    static final String TEMPLATE = "0d8c2e1a-6c55-4d9b-8f0e-1b2c3d4e5f60";
    static final String TARGET = "7a6b5c4d-3e2f-4a1b-8c9d-0e1f2a3b4c5d";

    private DesiredTaskFixtures() {}

    /** The cells of a row that makes its target of a template, with some of them changed or added. */
    static Map<String, String> cells(String... changes) {
        var cells = new LinkedHashMap<String, String>();
        cells.put("server_name", "erp-db-02");
        cells.put("server_os_family", "LINUX");
        cells.put("migration_type", "MIGRATE_FILE");
        cells.put("target_region", "ap-southeast-3");
        cells.put("target_project_id", "0a1b2c3d4e5f60718293a4b5c6d7e8f9");
        cells.put("vm_template_id", TEMPLATE);
        for (int i = 0; i < changes.length; i += 2) {
            cells.put(changes[i], changes[i + 1]);
        }
        return cells;
    }

    static InventoryRow row(String... changes) {
        return InventoryRow.restore(17, 18, cells(changes), Map.of());
    }

    static TaskSpec spec(TargetLayout layout, String... changes) {
        var row = row(changes);
        var os = row.osFamily() == null ? "LINUX" : row.osFamily().name();
        return new TaskSpec(row, SOURCE, os, layout, true);
    }

    static TargetLayout oneDisk() {
        return new TargetLayout(List.of(disk("Disk 0", volume("/dev/vda1", "ext4", "/"))), List.of(), List.of());
    }

    static Disk disk(String name, PhysicalVolume... volumes) {
        return new Disk(name, 42_949_672_960L, 10_737_418_240L, "BOOT", null, List.of(volumes));
    }

    static PhysicalVolume volume(String name, String fileSystem, String mountPoint) {
        return new PhysicalVolume(
                name, 42_948_624_384L, "OS", fileSystem, mountPoint, 1, "uuid-1", 10_737_418_240L, 256L);
    }
}
