package dev.smsrunner.sms;

import org.jspecify.annotations.Nullable;

/**
 * Environment check of a source by SMS (ListServers, API reference 2026-01-27).
 *
 * @param result OK, WARN or ERROR
 */
@Payload
public record SourceCheck(
        @Nullable String name,
        @Nullable String result,
        @Nullable String errorCode,
        @Nullable String errorOrWarn) {}
