package dev.smsrunner.sms;

import org.jspecify.annotations.Nullable;

/**
 * Body of UpdateTask: the fields that the editions of 2024 and 2026 both know, and {@code use_public_ip}, which only that of 2026
 * knows; null fields are not sent and stay as they are.
 *
 * @param speedLimit Mbit/s, 0 to 1000, in some regions to 10000; 0 is none
 */
@Payload
public record UpdateTask(
        @Nullable String name,
        @Nullable String type,
        @Nullable String regionId,
        @Nullable String regionName,
        @Nullable Boolean existServer,
        @Nullable String migrationIp,
        @Nullable Boolean usePublicIp,
        @Nullable Integer speedLimit,
        @Nullable String projectName,
        @Nullable String projectId,
        @Nullable String vmTemplateId,
        @Nullable TargetServer targetServer) {}
