package dev.smsrunner.sms;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code target_server} of CreateTask and UpdateTask (API reference 2026-01-27); null fields are not sent.
 *
 * @param vmId the existing ECS; null when SMS creates the target
 * @param ip only known to UpdateTask, which demands it (API reference 2024, fields of TargetServer)
 * @param osType only known to UpdateTask, which demands it: WINDOWS or LINUX
 */
@Payload
public record TargetServer(
        @Nullable String name,
        @Nullable String vmId,
        @Nullable String ip,
        @Nullable String osType,
        @Nullable List<Disk> disks,
        @Nullable List<VolumeGroup> volumeGroups,
        @Nullable List<BtrfsFileSystem> btrfsList) {

    /**
     * The target of CreateTask. Empty lists are sent as {@code []}, which the page wants for Linux.
     *
     * @param vmId null when SMS creates the target from a template
     */
    public static TargetServer of(String name, @Nullable String vmId, TargetLayout layout) {
        return new TargetServer(name, vmId, null, null, layout.disks(), layout.volumeGroups(), layout.btrfsList());
    }

    /** The same target with what UpdateTask demands besides. */
    public TargetServer forUpdate(String address, String system) {
        return new TargetServer(name, vmId, address, system, disks, volumeGroups, btrfsList);
    }
}
