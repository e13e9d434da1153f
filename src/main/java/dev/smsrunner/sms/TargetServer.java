package dev.smsrunner.sms;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Target server: {@code target_server} of CreateTask and UpdateTask (API reference 2026-01-27); null fields are not
 * sent.
 *
 * @param vmId the existing ECS; null when SMS creates the target
 * @param ip only in UpdateTask, which requires it (API reference 2024, fields of TargetServer)
 * @param osType only in UpdateTask, which requires it: WINDOWS or LINUX
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
     * Creates the target of CreateTask. It sends empty lists as {@code []}, which the page requires for Linux.
     *
     * @param vmId null when SMS creates the target from a template
     */
    public static TargetServer of(String name, @Nullable String vmId, TargetLayout layout) {
        return new TargetServer(name, vmId, null, null, layout.disks(), layout.volumeGroups(), layout.btrfsList());
    }

    /** Copy with the additional fields required by UpdateTask. */
    public TargetServer forUpdate(String address, String system) {
        return new TargetServer(name, vmId, address, system, disks, volumeGroups, btrfsList);
    }
}
