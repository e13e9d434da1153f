package dev.smsrunner.sms;

import java.util.List;

/** Disk layout of a target as SMS proposes it in {@code init_target_server} (ListServers, API reference 2026-01-27). */
@Payload
public record TargetLayout(List<Disk> disks, List<VolumeGroup> volumeGroups, List<BtrfsFileSystem> btrfsList) {

    public TargetLayout {
        disks = Elements.of(disks);
        volumeGroups = Elements.of(volumeGroups);
        btrfsList = Elements.of(btrfsList);
    }
}
