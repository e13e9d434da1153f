package dev.smsrunner.sms;

import org.jspecify.annotations.Nullable;

/** Source server of a task, as CreateTask sends it (API reference 2026-01-27). */
@Payload
public record SourceRef(@Nullable String id) {}
