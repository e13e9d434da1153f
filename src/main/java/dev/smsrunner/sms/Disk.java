package dev.smsrunner.sms;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Disk of a source, or of a target in CreateTask; sizes in bytes (API reference 2026-01-27).
 *
 * @param deviceUse BOOT, OS or NORMAL
 * @param diskId EVS volume of an existing target server; null for a target that SMS creates
 */
@Payload
public record Disk(
        @Nullable String name,
        @Nullable Long size,
        @Nullable Long usedSize,
        @Nullable String deviceUse,
        @Nullable String diskId,
        List<PhysicalVolume> physicalVolumes) {

    public Disk {
        physicalVolumes = Elements.of(physicalVolumes);
    }

    /** Copy for an existing target server with this EVS volume. */
    public Disk withDiskId(String volumeId) {
        return new Disk(name, size, usedSize, deviceUse, volumeId, physicalVolumes);
    }
}
