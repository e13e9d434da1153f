package dev.smsrunner.sms;

import org.jspecify.annotations.Nullable;

/** The target server as a task names it (API reference 2026-01-27). */
@Payload
public record ServerRef(@Nullable String vmId, @Nullable String name) {}
