package dev.smsrunner.sms;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Source server (ListServers and ShowServer, API reference 2026-01-27). Only ShowServer returns firmware, disks, volume
 * groups and btrfs.
 *
 * @param osType WINDOWS or LINUX
 * @param state read it with {@link #copyState()}
 * @param migrationCycle read it with {@link #cycle()}
 * @param currentTask null when the source has no task
 * @param replicateSize bytes copied so far
 * @param totalSize bytes to copy
 * @param firmware BIOS or UEFI
 * @param consistencyResultExist whether ShowConsistencyResult has a result of the task; only in ListServers, null in
 *     ShowServer
 */
@Payload
public record SourceServer(
        @Nullable String id,
        @Nullable String name,
        @Nullable String ip,
        @Nullable String osType,
        @Nullable String osVersion,
        @Nullable String state,
        @Nullable Boolean connected,
        @Nullable String migrationCycle,
        @Nullable CurrentTask currentTask,
        List<SourceCheck> checks,
        @Nullable TargetLayout initTargetServer,
        @JsonProperty("replicatesize") @Nullable Long replicateSize,
        @JsonProperty("totalsize") @Nullable Long totalSize,
        @Nullable String firmware,
        List<Disk> disks,
        List<VolumeGroup> volumeGroups,
        List<BtrfsFileSystem> btrfsList,

        @JsonProperty("is_consistency_result_exist") @Nullable
        Boolean consistencyResultExist) {

    public SourceServer {
        checks = Elements.of(checks);
        disks = Elements.of(disks);
        volumeGroups = Elements.of(volumeGroups);
        btrfsList = Elements.of(btrfsList);
    }

    public CopyState copyState() {
        return CopyState.of(state);
    }

    public MigrationCycle cycle() {
        return MigrationCycle.of(migrationCycle);
    }

    /** Id of the task of the source; null if the list shows no task or a task without an id. */
    public @Nullable String currentTaskId() {
        return currentTask == null ? null : currentTask.id();
    }

    /** Layout of the source itself, used when {@code init_target_server} is empty. */
    public TargetLayout ownLayout() {
        return new TargetLayout(disks, volumeGroups, btrfsList);
    }
}
