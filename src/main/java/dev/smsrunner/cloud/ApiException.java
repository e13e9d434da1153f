package dev.smsrunner.cloud;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Failed API call; its kind states whether the service may have executed it. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final CallFailureKind kind;
    private final String operation;
    private final int httpStatus;
    private final transient ApiError error;

    /** Entry of {@code details} in an error body. */
    public record Detail(
            @Nullable String errorCode, @Nullable String errorMessage) {}

    /**
     * @param operation name of the API operation, for example {@code CreateTask}
     * @param httpStatus 0 when there was no answer
     */
    public ApiException(
            CallFailureKind kind, String operation, int httpStatus, ApiError error, @Nullable Throwable cause) {
        this(kind, operation, httpStatus, error, "", cause);
    }

    /** @param remedy sentences that replace the remedy of the kind; empty for none */
    private ApiException(
            CallFailureKind kind,
            String operation,
            int httpStatus,
            ApiError error,
            String remedy,
            @Nullable Throwable cause) {
        super(describe(kind, operation, httpStatus, error, remedy), cause);
        this.kind = kind;
        this.operation = operation;
        this.httpStatus = httpStatus;
        this.error = error;
    }

    public ApiException(CallFailureKind kind, String operation, int httpStatus, ApiError error) {
        this(kind, operation, httpStatus, error, null);
    }

    /**
     * Failure of an exchange without a complete answer.
     *
     * @param text the failure with the address
     */
    static ApiException ofWire(CallFailureKind kind, String operation, String text, WireException failure) {
        return new ApiException(kind, operation, failure.proxyStatus(), ApiError.text(text), failure.remedy(), failure);
    }

    /** Description of the failure; each constructor sets it. */
    @Override
    public String getMessage() {
        return Objects.requireNonNull(super.getMessage());
    }

    public CallFailureKind kind() {
        return kind;
    }

    public String operation() {
        return operation;
    }

    /** HTTP status, 0 when there was no answer. */
    public int httpStatus() {
        return httpStatus;
    }

    /** Error code, for example {@code SMS.7605} or {@code APIGW.0308}; null when the answer has none. */
    public @Nullable String errorCode() {
        return error.code();
    }

    public String errorMessage() {
        return error.message();
    }

    public @Nullable String requestId() {
        return error.requestId();
    }

    public List<Detail> details() {
        return error.details();
    }

    public @Nullable String encodedAuthorizationMessage() {
        return error.encodedAuthorizationMessage();
    }

    private static String describe(
            CallFailureKind kind, String operation, int httpStatus, ApiError error, String remedy) {
        StringBuilder text =
                new StringBuilder(operation).append(' ').append(kind.phrase()).append(": ");
        if (httpStatus > 0) {
            text.append("HTTP ").append(httpStatus).append(' ');
        }
        if (error.code() != null) {
            text.append(error.code()).append(' ');
        }
        text.append(error.message());
        if (error.requestId() != null) {
            text.append(" (request ").append(error.requestId()).append(')');
        }
        char last = text.charAt(text.length() - 1);
        return text.append(last == '.' ? " " : ". ")
                .append(kind.consequence(remedy))
                .toString();
    }
}
