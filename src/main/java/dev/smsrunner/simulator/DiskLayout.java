package dev.smsrunner.simulator;

import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Disks, volume groups and btrfs file systems of a source server, in the fields of ShowServer (sizes in bytes).
 *
 * @param disks the disks with their partitions
 * @param volumeGroups LVM volume groups, empty without LVM
 * @param btrfs btrfs file systems, empty without btrfs
 */
record DiskLayout(ArrayNode disks, ArrayNode volumeGroups, ArrayNode btrfs) {

    static final long GIB = 1L << 30;

    static DiskLayout draw(boolean windows, String firmware, SplittableRandom random) {
        long systemSize = GIB * (40 + 20L * random.nextInt(4));
        long used = systemSize * random.nextInt(20, 70) / 100;
        if (windows) {
            return windows(systemSize, used, random);
        }
        int kind = random.nextInt(16);
        DiskLayout layout = kind < 7 ? lvm(systemSize, used) : plain(systemSize, used, kind < 9 ? "btrfs" : "ext4");
        if (kind >= 9 && random.nextBoolean()) {
            layout.disks.add(dataDisk(random));
        }
        return "UEFI".equals(firmware) ? layout.withEfi() : layout;
    }

    private DiskLayout withEfi() {
        ObjectNode efi = volume("/dev/vda15", 15, GIB / 8, GIB / 64, "vfat", "/boot/efi", "NORMAL");
        ((ArrayNode) disks.get(0).path("physical_volumes")).add(efi);
        return this;
    }

    long usedBytes() {
        long sum = 0;
        for (JsonNode disk : disks) {
            sum += disk.path("used_size").asLong();
        }
        return sum;
    }

    private static DiskLayout plain(long size, long used, String fileSystem) {
        ObjectNode disk = disk("/dev/vda", 0, "BOOT", size, used);
        volumesOf(disk).add(volume("/dev/vda1", 1, size - GIB, used, fileSystem, "/", "OS"));
        ArrayNode btrfs = SimulatorJson.array();
        if ("btrfs".equals(fileSystem)) {
            btrfs.add(BtrfsSystem.on("/dev/vda1", size - GIB, used));
        }
        return new DiskLayout(SimulatorJson.array().add(disk), SimulatorJson.array(), btrfs);
    }

    private static DiskLayout lvm(long size, long used) {
        ObjectNode disk = disk("/dev/vda", 0, "BOOT", size, used);
        volumesOf(disk).add(volume("/dev/vda1", 1, GIB, GIB / 4, "xfs", "/boot", "BOOT"));
        volumesOf(disk).add(volume("/dev/vda2", 2, size - 2 * GIB, used, "LVM2_member", "", "NORMAL"));
        return new DiskLayout(
                SimulatorJson.array().add(disk),
                SimulatorJson.array().add(LvmGroup.on("/dev/vda2", size - 2 * GIB, used)),
                SimulatorJson.array());
    }

    private static DiskLayout windows(long size, long used, SplittableRandom random) {
        ObjectNode disk = disk("Disk 0", 0, "OS", size, used);
        volumesOf(disk).add(volume("(Reserved)", 1, GIB / 2, GIB / 3, "NTFS", null, "BOOT"));
        volumesOf(disk).add(volume("C:", 2, size - GIB, used - GIB / 3, "NTFS", "C:\\", "OS"));
        ArrayNode disks = SimulatorJson.array().add(disk);
        if (random.nextBoolean()) {
            ObjectNode data = disk("Disk 1", 1, "NORMAL", 100 * GIB, 30 * GIB);
            volumesOf(data).add(volume("D:", 1, 99 * GIB, 30 * GIB, "NTFS", "D:\\", "NORMAL"));
            disks.add(data);
        }
        return new DiskLayout(disks, SimulatorJson.array(), SimulatorJson.array());
    }

    private static ObjectNode dataDisk(SplittableRandom random) {
        long size = GIB * (100 + 100L * random.nextInt(4));
        long used = size * random.nextInt(10, 60) / 100;
        ObjectNode disk = disk("/dev/vdb", 1, "NORMAL", size, used);
        volumesOf(disk).add(volume("/dev/vdb1", 1, size - GIB, used, "ext4", "/data", "NORMAL"));
        return disk;
    }

    private static ObjectNode disk(String name, int index, String use, long size, long used) {
        ObjectNode disk = SimulatorJson.object();
        disk.put("name", name).put("disk_index", String.valueOf(index)).put("partition_style", "MBR");
        disk.put("device_use", use).put("os_disk", index == 0).put("size", size).put("used_size", used);
        disk.set("physical_volumes", SimulatorJson.array());
        return disk;
    }

    private static ArrayNode volumesOf(ObjectNode disk) {
        return (ArrayNode) disk.path("physical_volumes");
    }

    private static ObjectNode volume(
            String name, int index, long size, long used, String fileSystem, @Nullable String mount, String use) {
        ObjectNode volume = SimulatorJson.object();
        volume.put("name", name).put("index", index).put("device_use", use).put("file_system", fileSystem);
        volume.put("mount_point", mount)
                .put("size", size)
                .put("used_size", used)
                .put("inode_size", 256);
        volume.put("uuid", "%08x-%04x".formatted(size / 4096 + index, index * 4099));
        return volume;
    }

    /** Disks as proposed by init_target_server, with only the fields of CreateTask. */
    static ArrayNode proposal(ArrayNode disks) {
        ArrayNode proposed = SimulatorJson.array();
        for (JsonNode disk : disks) {
            ObjectNode copy = ((ObjectNode) disk).deepCopy();
            copy.remove(List.of("disk_index", "partition_style", "os_disk"));
            proposed.add(copy);
        }
        return proposed;
    }
}
