package dev.smsrunner.sms;

import org.jspecify.annotations.Nullable;

/** Source server of a task; CreateTask sends only the id (API reference 2026-01-27). */
@Payload
public record SourceRef(
        @Nullable String id,
        @Nullable String name,
        @Nullable String ip,
        @Nullable String osType,
        @Nullable String state,
        @Nullable String migrationCycle) {

    public static SourceRef of(String id) {
        return new SourceRef(id, null, null, null, null, null);
    }
}
