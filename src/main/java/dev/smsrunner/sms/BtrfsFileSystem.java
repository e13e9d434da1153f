package dev.smsrunner.sms;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Btrfs file system of a source, copied to the target unchanged; sizes in bytes (UpdateTask, 2024 edition, table
 * BtrfsFileSystem; the spelling {@code subvolumn} is the service's).
 */
@Payload
public record BtrfsFileSystem(
        @Nullable String name,
        @Nullable String label,
        @Nullable String uuid,
        @Nullable String device,
        @Nullable Long size,
        @Nullable Long nodesize,
        @Nullable Long sectorsize,
        @Nullable String dataProfile,
        @Nullable String systemProfile,
        @Nullable String metadataProfile,
        @JsonProperty("global_reserve1") @Nullable String globalReserve1,
        @JsonProperty("g_vol_used_size") @Nullable Long gVolUsedSize,
        @JsonProperty("default_subvolid") @Nullable String defaultSubvolId,
        @Nullable String defaultSubvolName,
        @JsonProperty("default_subvol_mountpath") @Nullable String defaultSubvolMountPath,
        @JsonProperty("subvolumn") List<BtrfsSubvolume> subvolumes) {

    public BtrfsFileSystem {
        subvolumes = Elements.of(subvolumes);
    }

    /** JSON list as CreateTask and UpdateTask expect it. */
    public static JsonNode json(List<BtrfsFileSystem> systems) {
        return SmsJson.tree(systems);
    }
}
