package dev.smsrunner.cloud;

import org.jspecify.annotations.Nullable;

/**
 * Successful answer.
 *
 * @param status HTTP status, 200 to 299
 * @param body text, empty when there was none
 * @param requestId {@code X-Request-Id}, null when there was none
 */
public record CloudResponse(
        int status, String body, @Nullable String requestId) {}
