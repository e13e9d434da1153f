package dev.smsrunner.task;

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
 * What a row wants its migration task to be; pure.
 *
 * @param osType LINUX or WINDOWS
 * @param layout what the source has and the target must get
 * @param launchByHand whether the copy is kept in sync until the target is launched by a call; without it SMS launches the
 *     target by itself when the copy ends (SMS User Guide, "full replication")
 */
public record TaskSpec(InventoryRow row, String sourceId, String osType, TargetLayout layout, boolean launchByHand) {

    /** The complete body of CreateTask (API reference, PostTask). */
    public CreateTask create() {
        boolean existing = existingTarget();
        return new CreateTask(
                TaskName.of(row.serverName(), sourceId),
                row.migrationType().name(),
                osType,
                SourceRef.of(sourceId),
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
                launchByHand,
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

    /** The target that the row demands. */
    public RowTarget rowTarget() {
        return RowTarget.of(row);
    }

    /**
     * The body of UpdateTask that brings an idle task to what the row wants: always the whole target, since SMS keeps what is not
     * sent. {@code exist_server} decides whether SMS overwrites a server or makes one, so that it is never left out.
     *
     * @param sourceIp address of the source. UpdateTask demands {@code target_server.ip}; a server that SMS has yet to make has no
     *     address of its own, and SMS replaces this one when it makes the server
     */
    public UpdateTask update(String sourceIp) {
        boolean existing = existingTarget();
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

    /** Whether a task with the right target differs in something else that UpdateTask can change. */
    public boolean differs(MigrationTask task) {
        return changed(task.regionName(), row.targetRegionName())
                || changed(task.projectName(), row.targetProjectName())
                || row.speedLimitMbit() != null && !row.speedLimitMbit().equals(task.speedLimit());
    }

    private boolean existingTarget() {
        return !row.targetServerId().isEmpty();
    }

    private TargetServer target() {
        var disks = existingTarget() ? withDiskIds(layout.disks()) : layout.disks();
        return TargetServer.of(
                row.targetServerName(),
                existingTarget() ? row.targetServerId() : null,
                new TargetLayout(disks, layout.volumeGroups(), layout.btrfsList()));
    }

    /**
     * The disks of an existing target are told by {@code disk_id}. Where the layout has none, the position of the disk is
     * sent, as the sample of UpdateTask does ({@code "disk_id": "0"}): the inventory does not know the volumes.
     */
    private static List<Disk> withDiskIds(List<Disk> disks) {
        var told = new ArrayList<Disk>(disks.size());
        for (var disk : disks) {
            told.add(disk.diskId() == null ? disk.withDiskId(String.valueOf(told.size())) : disk);
        }
        return told;
    }

    /** As the row says; else by the public network, unless the target is reached at a private address. */
    private boolean usePublicIp() {
        return Objects.requireNonNullElse(
                row.usePublicIp(), !(existingTarget() && RowTarget.isPrivate(row.migrationIp())));
    }

    private static boolean changed(@Nullable String is, String wanted) {
        return !wanted.isEmpty() && !wanted.equals(is);
    }
}
