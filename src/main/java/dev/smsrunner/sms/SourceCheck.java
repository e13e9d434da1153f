package dev.smsrunner.sms;

import org.jspecify.annotations.Nullable;

/**
 * One environment check that SMS made on a source (ListServers, API reference 2026-01-27).
 *
 * @param result OK, WARN or ERROR
 */
@Payload
public record SourceCheck(
        @Nullable String name,
        @Nullable String result,
        @Nullable String errorCode,
        @Nullable String errorOrWarn) {}
