package dev.smsrunner.sms;

import org.jspecify.annotations.Nullable;

/** Partition of a disk; sizes in bytes (CreateTask and ShowServer, API reference 2026-01-27). */
@Payload
public record PhysicalVolume(
        @Nullable String name,
        @Nullable Long size,
        @Nullable String deviceUse,
        @Nullable String fileSystem,
        @Nullable String mountPoint,
        @Nullable Integer index,
        @Nullable String uuid,
        @Nullable Long usedSize,
        @Nullable Long inodeSize) {}
