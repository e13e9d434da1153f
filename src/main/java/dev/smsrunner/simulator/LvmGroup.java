package dev.smsrunner.simulator;

import tools.jackson.databind.node.ObjectNode;

/** Volume group of a Linux server with LVM: a root and a data volume. */
final class LvmGroup {

    private LvmGroup() {}

    static ObjectNode on(String device, long size, long used) {
        ObjectNode group = SimulatorJson.object();
        long root = size / 2;
        long data = size / 3;
        group.put("name", "vg_system").put("components", device).put("size", size);
        group.put("free_size", size - root - data);
        group.putArray("logical_volumes")
                .add(volume("lv_root", root, Math.min(used, root * 9 / 10), "/"))
                .add(volume("lv_data", data, data / 5, "/srv"));
        return group;
    }

    private static ObjectNode volume(String name, long size, long used, String mount) {
        ObjectNode volume = SimulatorJson.object();
        volume.put("name", name).put("size", size).put("used_size", used).put("free_size", size - used);
        volume.put("file_system", "xfs").put("mount_point", mount).put("inode_size", 512);
        return volume.put("block_count", size / 4096).put("block_size", 4096).put("inode_nums", size / 16384);
    }
}
