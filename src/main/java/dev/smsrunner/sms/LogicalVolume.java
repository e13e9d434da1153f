package dev.smsrunner.sms;

import org.jspecify.annotations.Nullable;

/** A logical volume of a Linux volume group; sizes in bytes (CreateTask, API reference 2026-01-27). */
@Payload
public record LogicalVolume(
        @Nullable String name,
        @Nullable Long size,
        @Nullable Long usedSize,
        @Nullable Long freeSize,
        @Nullable String fileSystem,
        @Nullable String mountPoint,
        @Nullable Long inodeSize,
        @Nullable Long blockCount,
        @Nullable Long blockSize,
        @Nullable Long inodeNums,
        @Nullable String deviceUse) {}
