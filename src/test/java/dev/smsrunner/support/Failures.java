package dev.smsrunner.support;

import dev.smsrunner.cloud.ApiError;
import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import java.util.List;

/** Failed calls as reported by the client. */
public final class Failures {

    private Failures() {}

    /** Refusal with a code of SMS. */
    public static ApiException refused(String operation, String code) {
        return new ApiException(
                CallFailureKind.REFUSED,
                operation,
                400,
                new ApiError(code, "refused with " + code, "request-1", List.of(), null));
    }

    /** Lost answer. */
    public static ApiException unknown(String operation) {
        return new ApiException(CallFailureKind.UNKNOWN, operation, 0, ApiError.text("no answer within 10 s"));
    }

    /** Failed connection. */
    public static ApiException notSent(String operation) {
        return new ApiException(CallFailureKind.NOT_SENT, operation, 0, ApiError.text("connection refused"));
    }

    /** Repeated answer 429. */
    public static ApiException throttled(String operation) {
        return new ApiException(CallFailureKind.THROTTLED, operation, 429, ApiError.of("APIG.0308", "too many calls"));
    }

    /** Refused credentials. */
    public static ApiException denied(String operation) {
        return new ApiException(
                CallFailureKind.DENIED, operation, 401, ApiError.of("APIG.0301", "incorrect authentication"));
    }
}
