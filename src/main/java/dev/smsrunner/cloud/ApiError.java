package dev.smsrunner.cloud;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The error that a service told, as far as it could be read (API reference 2026-01-27, error body of UpdateCopyState and
 * UpdateTaskStatus).
 *
 * @param code like {@code SMS.7605}; null when the answer names none
 * @param message text for the operator with the values of {@code error_param}, at most about 1,300 characters, never blank
 * @param requestId {@code X-Request-Id} of the answer; null when there is none
 * @param details further errors, empty when there are none
 * @param encodedAuthorizationMessage what IAM can decode about a denied action, at most about 1,000 characters; null when absent
 */
public record ApiError(
        @Nullable String code,
        String message,
        @Nullable String requestId,
        List<ApiException.Detail> details,
        @Nullable String encodedAuthorizationMessage) {

    public ApiError {
        details = List.copyOf(details);
    }

    /** An error that only has a text, for example a timeout. */
    public static ApiError text(String message) {
        return new ApiError(null, message, null, List.of(), null);
    }

    /** An error with a code and a text. */
    public static ApiError of(String code, String message) {
        return new ApiError(code, message, null, List.of(), null);
    }
}
