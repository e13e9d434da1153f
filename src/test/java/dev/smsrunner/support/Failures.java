package dev.smsrunner.support;

import dev.smsrunner.cloud.ApiError;
import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import java.util.List;

/** Calls that went wrong, as the client reports them. */
public final class Failures {

    private Failures() {}

    /** Refused with a code of SMS. */
    public static ApiException refused(String operation, String code) {
        return new ApiException(
                CallFailureKind.REFUSED,
                operation,
                400,
                new ApiError(code, "refused with " + code, "request-1", List.of(), null));
    }

    /** The answer was lost. */
    public static ApiException unknown(String operation) {
        return new ApiException(CallFailureKind.UNKNOWN, operation, 0, ApiError.text("no answer within 10 s"));
    }

    /** No connection came about. */
    public static ApiException notSent(String operation) {
        return new ApiException(CallFailureKind.NOT_SENT, operation, 0, ApiError.text("connection refused"));
    }

    /** Answered 429 again and again. */
    public static ApiException throttled(String operation) {
        return new ApiException(CallFailureKind.THROTTLED, operation, 429, ApiError.of("APIG.0308", "too many calls"));
    }

    /** The credentials were refused. */
    public static ApiException denied(String operation) {
        return new ApiException(
                CallFailureKind.DENIED, operation, 401, ApiError.of("APIG.0301", "incorrect authentication"));
    }
}
