package dev.smsrunner.sms;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Linux volume group; sizes in bytes (CreateTask, API reference 2026-01-27). */
@Payload
public record VolumeGroup(
        @Nullable String name,
        @Nullable String components,
        @Nullable Long size,
        @Nullable Long freeSize,
        List<LogicalVolume> logicalVolumes) {

    public VolumeGroup {
        logicalVolumes = Elements.of(logicalVolumes);
    }
}
