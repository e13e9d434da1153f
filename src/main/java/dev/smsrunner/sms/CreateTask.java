package dev.smsrunner.sms;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.jspecify.annotations.Nullable;

/**
 * Body of CreateTask (PostTask, API reference 2026-01-27); null fields are not sent.
 *
 * @param name 1 to 64 characters
 * @param type MIGRATE_FILE or MIGRATE_BLOCK
 * @param osType WINDOWS or LINUX; optional since 2026 but required by older editions: always send it
 * @param existServer true: {@code target_server.vm_id} is an existing ECS; excludes a template
 * @param migrationIp only for an existing server: its elastic or private IP
 * @param syncing true: keep synchronising until a manual launch of the target
 * @param priority 0 low, 1 standard, 2 high
 * @param speedLimit Mbit/s, 0 is none
 * @param overSpeedThreshold percent, 10 to 100
 */
@Payload
public record CreateTask(
        String name,
        String type,
        String osType,
        SourceRef sourceServer,
        TargetServer targetServer,
        String regionName,
        String regionId,
        String projectName,
        String projectId,
        @Nullable String vmTemplateId,
        @Nullable Boolean existServer,
        @Nullable String migrationIp,
        @Nullable Boolean usePublicIp,
        @JsonProperty("use_ipv6") @Nullable Boolean useIpv6,
        @Nullable Boolean startTargetServer,
        @Nullable Boolean autoStart,
        @Nullable Boolean syncing,
        @Nullable Integer priority,
        @Nullable Integer speedLimit,
        @Nullable Double overSpeedThreshold,
        @Nullable Boolean startNetworkCheck,
        @JsonProperty("is_need_consistency_check") @Nullable Boolean isNeedConsistencyCheck,
        @Nullable Boolean needMigrationTest,
        @JsonProperty("clonevm_template_id") @Nullable String cloneVmTemplateId) {}
