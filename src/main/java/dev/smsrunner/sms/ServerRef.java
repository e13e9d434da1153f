package dev.smsrunner.sms;

import org.jspecify.annotations.Nullable;

/** Target server of a task (API reference 2026-01-27). */
@Payload
public record ServerRef(@Nullable String vmId, @Nullable String name) {}
