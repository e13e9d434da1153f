package dev.smsrunner.inventory;

import dev.smsrunner.inventory.FieldRule.Address;
import dev.smsrunner.inventory.FieldRule.Choice;
import dev.smsrunner.inventory.FieldRule.Flag;
import dev.smsrunner.inventory.FieldRule.Listing;
import dev.smsrunner.inventory.FieldRule.Structure;
import dev.smsrunner.inventory.FieldRule.TaskName;
import dev.smsrunner.inventory.FieldRule.Text;
import dev.smsrunner.inventory.FieldRule.WholeNumber;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Schema of the body of UpdateTask, of both generations of its page (edition of 2024, Java SDK 3.1.212): types, ranges, values
 * and mandatory fields. Excludes the fields of the agent.
 */
final class UpdateSchema {

    private static final Text TEXT = new Text(255);
    private static final Text LONG_LIST = new Text(65_535);
    private static final Flag FLAG = new Flag();
    private static final WholeNumber INT = new WholeNumber(0, Integer.MAX_VALUE);
    private static final WholeNumber LONG = new WholeNumber(0, Long.MAX_VALUE);
    private static final Choice SYSTEM = Choice.of("WINDOWS", "LINUX");
    private static final Choice USE = Choice.of("BOOT", "OS", "NORMAL");
    private static final int ANY_NUMBER = 65_535;

    private static final Structure PHYSICAL_VOLUME = element(
            List.of("id", "uuid", "mount_point", "name", "index"),
            true,
            List.of(),
            Map.ofEntries(
                    Map.entry("id", LONG),
                    Map.entry("device_use", USE),
                    Map.entry("file_system", TEXT),
                    Map.entry("index", INT),
                    Map.entry("mount_point", TEXT),
                    Map.entry("name", TEXT),
                    Map.entry("size", LONG),
                    Map.entry("used_size", LONG),
                    Map.entry("inode_size", INT),
                    Map.entry("uuid", TEXT),
                    Map.entry("relation_name", TEXT),
                    Map.entry("free_size", LONG)));

    private static final Structure DISK = element(
            List.of("id", "disk_id", "disk_index", "name"),
            true,
            List.of(),
            Map.ofEntries(
                    Map.entry("id", LONG),
                    Map.entry("device_use", USE),
                    Map.entry("disk_id", TEXT),
                    Map.entry("name", TEXT),
                    Map.entry("physical_volumes", new Listing(PHYSICAL_VOLUME, ANY_NUMBER)),
                    Map.entry("size", LONG),
                    Map.entry("used_size", LONG),
                    Map.entry("disk_index", TEXT),
                    Map.entry("os_disk", FLAG),
                    Map.entry("partition_style", Choice.of("MBR", "GPT")),
                    Map.entry("relation_name", TEXT)));

    private static final Structure LOGICAL_VOLUME = element(
            List.of("name", "mount_point"),
            true,
            List.of("file_system", "inode_size", "mount_point", "name", "size", "used_size", "free_size"),
            Map.ofEntries(
                    Map.entry("block_count", INT),
                    Map.entry("block_size", new WholeNumber(0, 1_048_576)),
                    Map.entry("file_system", TEXT),
                    Map.entry("inode_size", INT),
                    Map.entry("inode_nums", LONG),
                    Map.entry("device_use", TEXT),
                    Map.entry("mount_point", new Text(256)),
                    Map.entry("name", new Text(1024)),
                    Map.entry("size", LONG),
                    Map.entry("used_size", LONG),
                    Map.entry("free_size", LONG)));

    private static final Structure VOLUME_GROUP = element(
            List.of("name"),
            true,
            List.of(),
            Map.of(
                    "components", TEXT,
                    "free_size", LONG,
                    "logical_volumes", new Listing(LOGICAL_VOLUME, 255),
                    "name", TEXT,
                    "size", LONG));

    private static final Structure BTRFS_SUBVOLUME = element(
            List.of("subvol_id", "subvol_name"),
            false,
            List.of("uuid", "is_snapshot", "subvol_id", "parent_id", "subvol_name", "subvol_mount_path"),
            Map.of(
                    "uuid", TEXT,
                    "is_snapshot", TEXT,
                    "subvol_id", TEXT,
                    "parent_id", TEXT,
                    "subvol_name", TEXT,
                    "subvol_mount_path", TEXT));

    /** The spelling {@code subvolumn} comes from the service. */
    private static final Structure BTRFS = complete(
            List.of("uuid", "name"),
            Map.ofEntries(
                    Map.entry("name", TEXT),
                    Map.entry("label", TEXT),
                    Map.entry("uuid", TEXT),
                    Map.entry("device", TEXT),
                    Map.entry("size", LONG),
                    Map.entry("nodesize", LONG),
                    Map.entry("sectorsize", INT),
                    Map.entry("data_profile", TEXT),
                    Map.entry("system_profile", TEXT),
                    Map.entry("metadata_profile", TEXT),
                    Map.entry("global_reserve1", TEXT),
                    Map.entry("g_vol_used_size", LONG),
                    Map.entry("default_subvolid", TEXT),
                    Map.entry("default_subvol_name", TEXT),
                    Map.entry("default_subvol_mountpath", TEXT),
                    Map.entry("subvolumn", new Listing(BTRFS_SUBVOLUME, ANY_NUMBER))));

    private static final Structure NETWORK = element(
            List.of("id", "mac", "name"),
            false,
            List.of("name", "ip", "netmask", "gateway", "mac"),
            Map.of("name", TEXT, "ip", TEXT, "netmask", TEXT, "gateway", TEXT, "mtu", INT, "mac", TEXT, "id", TEXT));

    private static final Structure TARGET_SERVER = element(
            List.of(),
            true,
            List.of("ip", "name", "os_type", "disks"),
            Map.ofEntries(
                    Map.entry("id", TEXT),
                    Map.entry("ip", new Address()),
                    Map.entry("name", TEXT),
                    Map.entry("hostname", TEXT),
                    Map.entry("os_type", SYSTEM),
                    Map.entry("os_version", TEXT),
                    Map.entry("firmware", Choice.of("BIOS", "UEFI")),
                    Map.entry("cpu_quantity", new WholeNumber(0, 65_535)),
                    Map.entry("memory", LONG),
                    Map.entry("btrfs_list", new Listing(BTRFS, ANY_NUMBER)),
                    Map.entry("networks", new Listing(NETWORK, ANY_NUMBER)),
                    Map.entry("domain_id", TEXT),
                    Map.entry("has_rsync", FLAG),
                    Map.entry("paravirtualization", FLAG),
                    Map.entry("raw_devices", TEXT),
                    Map.entry("driver_files", FLAG),
                    Map.entry("system_services", FLAG),
                    Map.entry("account_rights", FLAG),
                    Map.entry("boot_loader", Choice.of("GRUB", "LILO")),
                    Map.entry("system_dir", TEXT),
                    Map.entry("volume_groups", new Listing(VOLUME_GROUP, ANY_NUMBER)),
                    Map.entry("vm_id", TEXT),
                    Map.entry("flavor", TEXT),
                    Map.entry("disks", new Listing(DISK, ANY_NUMBER)),
                    Map.entry("image_disk_id", TEXT),
                    Map.entry("snapshot_ids", TEXT),
                    Map.entry("cutovered_snapshot_ids", TEXT)));

    private static final Structure CLONE_SERVER = element(
            List.of(),
            true,
            List.of(),
            Map.of(
                    "vm_id", TEXT,
                    "name", TEXT,
                    "clone_error", TEXT,
                    "clone_state", TEXT,
                    "error_msg", new Text(1024)));

    private UpdateSchema() {}

    /** Rule of the whole body. */
    static Structure task(CellLimits limits) {
        Map<String, FieldRule> fields = new HashMap<>();
        fields.put("name", new TaskName());
        fields.put("type", Choice.of("MIGRATE_FILE", "MIGRATE_BLOCK"));
        fields.put("os_type", SYSTEM);
        fields.put("priority", new WholeNumber(0, 2));
        fields.put("region_id", TEXT);
        fields.put("region_name", TEXT);
        fields.put("project_id", TEXT);
        fields.put("project_name", TEXT);
        fields.put("start_target_server", FLAG);
        fields.put("enterprise_project_id", TEXT);
        fields.put("enterprise_project", TEXT);
        fields.put("exist_server", FLAG);
        fields.put("migration_ip", new Address());
        fields.put("speed_limit", new WholeNumber(0, limits.speed()));
        fields.put("vm_template_id", TEXT);
        fields.put("target_server", TARGET_SERVER);
        fields.put("clone_server", CLONE_SERVER);
        fields.put("use_ipv6", FLAG);
        fields.put("use_public_ip", FLAG);
        fields.put("image_disk_id", TEXT);
        fields.put("target_disk_ids", LONG_LIST);
        fields.put("target_snapshot_id", TEXT);
        fields.put("snapshot_ids", LONG_LIST);
        fields.put("cutovered_snapshot_ids", LONG_LIST);
        return new Structure(fields, List.of(), List.of(), true);
    }

    /** Element with only mandatory fields, which ShowTask does not show as an object. */
    private static Structure complete(List<String> keys, Map<String, FieldRule> fields) {
        return element(keys, false, fields.keySet().stream().sorted().toList(), fields);
    }

    private static Structure element(
            List<String> keys, boolean shownAsObject, List<String> mandatory, Map<String, FieldRule> fields) {
        return new Structure(fields, mandatory, keys, shownAsObject);
    }
}
