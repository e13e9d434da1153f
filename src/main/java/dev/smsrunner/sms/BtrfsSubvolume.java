package dev.smsrunner.sms;

import org.jspecify.annotations.Nullable;

/** A subvolume of a btrfs file system (UpdateTask, 2024 edition, table BtrfsSubvolumn). */
@Payload
public record BtrfsSubvolume(
        @Nullable String uuid,
        @Nullable String isSnapshot,
        @Nullable String subvolId,
        @Nullable String parentId,
        @Nullable String subvolName,
        @Nullable String subvolMountPath) {}
