package dev.smsrunner.job.migrate.task;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.sms.CreateTask;
import dev.smsrunner.sms.Disk;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.SourceRef;
import dev.smsrunner.sms.TargetLayout;
import dev.smsrunner.sms.TargetServer;
import dev.smsrunner.sms.UpdateTask;
import dev.smsrunner.target.RowTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Desired migration task of a row; pure.
 *
 * @param osType LINUX or WINDOWS
 * @param layout disks, volume groups and file systems of the source, to be created on the target
 * @param launchByCall whether SMS keeps the copy in sync until a call launches the target; otherwise SMS launches the target by
 *     itself when the copy ends (SMS User Guide, "full replication")
 */
public record TaskSpec(InventoryRow row, String sourceId, String osType, TargetLayout layout, boolean launchByCall) {

    /** Complete body of CreateTask (API reference, PostTask). */
    public CreateTask create() {
        boolean existing = hasExistingTarget();
        return new CreateTask(
                TaskName.of(row.serverName(), sourceId),
                row.migrationType().name(),
                osType,
                new SourceRef(sourceId),
                target(),
                row.targetRegionName(),
                row.targetRegion(),
                row.targetProjectName(),
                row.targetProjectId(),
                existing ? null : row.vmTemplateId(),
                existing,
                existing ? row.migrationIp() : null,
                usePublicIp(),
                existing && row.migrationIp().contains(":") ? Boolean.TRUE : null,
                Objects.requireNonNullElse(row.startTargetServer(), true),
                null,
                launchByCall,
                row.priority(),
                row.speedLimitMbit(),
                row.overSpeedThreshold() == null
                        ? null
                        : row.overSpeedThreshold().doubleValue(),
                null,
                row.verifyConsistency(),
                null,
                null);
    }

    /** Target of the row. */
    public RowTarget rowTarget() {
        return RowTarget.of(row);
    }

    /**
     * Body of UpdateTask that brings an idle task to the desired state. Contains the whole target, since SMS keeps omitted
     * fields. {@code exist_server} is always sent: it decides whether SMS overwrites a server or creates one.
     *
     * @param sourceIp address of the source. UpdateTask requires {@code target_server.ip}. A target that SMS has not created yet
     *     has no address, and SMS replaces this one when it creates the server
     */
    public UpdateTask update(String sourceIp) {
        boolean existing = hasExistingTarget();
        return new UpdateTask(
                null,
                row.migrationType().name(),
                row.targetRegion(),
                row.targetRegionName(),
                existing,
                existing ? row.migrationIp() : null,
                usePublicIp(),
                row.speedLimitMbit(),
                row.targetProjectName(),
                row.targetProjectId(),
                existing ? null : row.vmTemplateId(),
                target().forUpdate(row.migrationIp().isEmpty() ? sourceIp : row.migrationIp(), osType));
    }

    /** Whether a task with the same target differs in another field that UpdateTask can change. */
    public boolean differsFrom(MigrationTask task) {
        return isChanged(task.regionName(), row.targetRegionName())
                || isChanged(task.projectName(), row.targetProjectName())
                || row.speedLimitMbit() != null && !row.speedLimitMbit().equals(task.speedLimit());
    }

    private boolean hasExistingTarget() {
        return !row.targetServerId().isEmpty();
    }

    private TargetServer target() {
        var disks = hasExistingTarget() ? withDiskIds(layout.disks()) : layout.disks();
        return TargetServer.of(
                row.targetServerName(),
                hasExistingTarget() ? row.targetServerId() : null,
                new TargetLayout(disks, layout.volumeGroups(), layout.btrfsList()));
    }

    /**
     * Disks with a {@code disk_id}, which identifies the disks of an existing target. Without an id the position of the disk is
     * sent, as in the sample of UpdateTask ({@code "disk_id": "0"}): the inventory does not contain the volumes.
     */
    private static List<Disk> withDiskIds(List<Disk> disks) {
        var result = new ArrayList<Disk>(disks.size());
        for (var disk : disks) {
            result.add(disk.diskId() == null ? disk.withDiskId(String.valueOf(result.size())) : disk);
        }
        return result;
    }

    /** Value of the row; by default the public network, unless the address of the target is private. */
    private boolean usePublicIp() {
        return Objects.requireNonNullElse(
                row.usePublicIp(), !(hasExistingTarget() && RowTarget.isPrivate(row.migrationIp())));
    }

    private static boolean isChanged(@Nullable String current, String desired) {
        return !desired.isEmpty() && !desired.equals(current);
    }
}
