package dev.smsrunner.cloud;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Error reported by a service, as far as it is readable (API reference 2026-01-27, error body of UpdateCopyState and
 * UpdateTaskStatus).
 *
 * @param code for example {@code SMS.7605}; null when the answer has none
 * @param message operator text with the values of {@code error_param}, at most about 1,300 characters, never blank
 * @param requestId {@code X-Request-Id} of the answer; null when there is none
 * @param details further errors, empty when there are none
 * @param encodedAuthorizationMessage IAM's encoded description of a denied action, at most about 1,000 characters; null
 *     when absent
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

    /** Error with a text only, for example a timeout. */
    public static ApiError text(String message) {
        return new ApiError(null, message, null, List.of(), null);
    }

    /** Error with a code and a text. */
    public static ApiError of(String code, String message) {
        return new ApiError(code, message, null, List.of(), null);
    }
}
