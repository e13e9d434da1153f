package dev.smsrunner.sms;

import org.jspecify.annotations.Nullable;

/**
 * Body of UpdateTask: the fields common to the editions of 2024 and 2026, and {@code use_public_ip} of the 2026
 * edition. The service keeps fields that are null, which are not sent.
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
