package dev.smsrunner.task;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.sms.CreateTask;
import dev.smsrunner.sms.Disk;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.SourceRef;
import dev.smsrunner.sms.TargetLayout;
import dev.smsrunner.sms.TargetServer;
import dev.smsrunner.sms.UpdateTask;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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

    /**
     * The body of UpdateTask that brings an idle task to what the row wants: only what differs, of the fields that the
     * editions of 2024 and 2026 both know; empty when nothing differs.
     */
    public Optional<UpdateTask> update(MigrationTask task) {
        boolean existing = existingTarget();
        var update = new UpdateTask(
                null,
                changed(task.type(), row.migrationType().name()),
                changed(task.regionId(), row.targetRegion()),
                changed(task.regionName(), row.targetRegionName()),
                task.existServer() != null && task.existServer() != existing ? existing : null,
                existing ? changed(task.migrationIp(), row.migrationIp()) : null,
                Objects.equals(task.speedLimit(), row.speedLimitMbit()) ? null : row.speedLimitMbit(),
                changed(task.projectName(), row.targetProjectName()),
                changed(task.projectId(), row.targetProjectId()),
                existing ? null : changed(task.vmTemplateId(), row.vmTemplateId()),
                sameTarget(task) ? null : target());
        return update.equals(NOTHING) ? Optional.empty() : Optional.of(update);
    }

    private static final UpdateTask NOTHING =
            new UpdateTask(null, null, null, null, null, null, null, null, null, null, null);

    private boolean existingTarget() {
        return !row.targetServerId().isEmpty();
    }

    private boolean sameTarget(MigrationTask task) {
        return !existingTarget()
                || task.targetServer() == null
                || task.targetServer().vmId() == null
                || row.targetServerId().equals(task.targetServer().vmId());
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
        return Objects.requireNonNullElse(row.usePublicIp(), !(existingTarget() && isPrivate(row.migrationIp())));
    }

    private static boolean isPrivate(String address) {
        return address.startsWith("10.")
                || address.startsWith("192.168.")
                || address.matches("172\\.(1[6-9]|2\\d|3[01])\\..*")
                || address.toLowerCase(java.util.Locale.ROOT).startsWith("fd");
    }

    private static @Nullable String changed(@Nullable String is, String wanted) {
        return wanted.isEmpty() || wanted.equals(is) ? null : wanted;
    }
}
