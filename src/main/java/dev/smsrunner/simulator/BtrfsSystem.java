package dev.smsrunner.simulator;

import tools.jackson.databind.node.ObjectNode;

/** A btrfs file system with the 16 fields that CreateTask requires. */
final class BtrfsSystem {

    private BtrfsSystem() {}

    static ObjectNode on(String device, long size, long used) {
        ObjectNode system = SimulatorJson.object();
        system.put("name", "btrfs_root")
                .put("label", "root")
                .put("uuid", "5f1c-0001")
                .put("device", device);
        system.put("size", size).put("nodesize", 16384).put("sectorsize", 4096);
        system.put("data_profile", "single").put("system_profile", "DUP").put("metadata_profile", "DUP");
        system.put("global_reserve1", "single").put("g_vol_used_size", used);
        system.put("default_subvolid", "5").put("default_subvol_name", "@").put("default_subvol_mountpath", "/");
        system.putArray("subvolumn")
                .addObject()
                .put("uuid", "5f1c-0002")
                .put("is_snapshot", "false")
                .put("subvol_id", "256")
                .put("parent_id", "5")
                .put("subvol_name", "@home")
                .put("subvol_mount_path", "/home");
        return system;
    }
}
