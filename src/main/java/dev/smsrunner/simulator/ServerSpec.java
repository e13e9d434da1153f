package dev.smsrunner.simulator;

import java.time.Instant;
import tools.jackson.databind.node.ArrayNode;

/**
 * Immutable properties of a source server.
 *
 * @param id id in SMS, shaped like a UUID
 * @param name name registered by the agent
 * @param ip private IPv4 address
 * @param osType LINUX or WINDOWS
 * @param osVersion version text of the service, for example CENTOS_7_9_64BIT
 * @param firmware BIOS or UEFI
 * @param cpus virtual CPUs
 * @param memoryMb memory in MB
 * @param disks source disks in the format of ShowServer
 * @param volumeGroups LVM volume groups, empty without LVM
 * @param btrfs btrfs file systems, ShowServer only
 * @param totalBytes used bytes to copy
 * @param added virtual time at which the agent registered
 */
record ServerSpec(
        String id,
        String name,
        String ip,
        String osType,
        String osVersion,
        String firmware,
        int cpus,
        int memoryMb,
        ArrayNode disks,
        ArrayNode volumeGroups,
        ArrayNode btrfs,
        long totalBytes,
        Instant added) {

    boolean isWindows() {
        return "WINDOWS".equals(osType);
    }
}
