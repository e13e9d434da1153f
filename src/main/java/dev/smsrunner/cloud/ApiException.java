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
    private final String remedy;
    private final boolean ofRead;

    /** Entry of {@code details} in an error body. */
    public record Detail(
            @Nullable String errorCode, @Nullable String errorMessage) {}

    /**
     * @param operation name of the API operation, for example {@code CreateTask}
     * @param httpStatus 0 when there was no answer
     */
    public ApiException(
            CallFailureKind kind, String operation, int httpStatus, ApiError error, @Nullable Throwable cause) {
        this(kind, operation, httpStatus, error, "", false, cause);
    }

    /**
     * @param remedy sentences that replace the remedy of the kind; empty for none
     * @param ofRead whether the call is known to change nothing
     */
    private ApiException(
            CallFailureKind kind,
            String operation,
            int httpStatus,
            ApiError error,
            String remedy,
            boolean ofRead,
            @Nullable Throwable cause) {
        super(
                describe(
                        kind,
                        operation,
                        httpStatus,
                        error,
                        ofRead ? kind.consequenceOfRead(remedy) : kind.consequence(remedy)),
                cause);
        this.kind = kind;
        this.operation = operation;
        this.httpStatus = httpStatus;
        this.error = error;
        this.remedy = remedy;
        this.ofRead = ofRead;
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
        return new ApiException(
                kind, operation, failure.proxyStatus(), ApiError.text(text), failure.remedy(), false, failure);
    }

    /** Failure of a read without a clear answer: nothing was changed. */
    public static ApiException ofUnclearRead(String operation, int httpStatus, ApiError error) {
        return new ApiException(CallFailureKind.UNKNOWN, operation, httpStatus, error).ofRead();
    }

    /** This failure as that of a read: a call without a clear answer changed nothing. Idempotent. */
    ApiException ofRead() {
        if (ofRead || kind != CallFailureKind.UNKNOWN) {
            return this;
        }
        return new ApiException(kind, operation, httpStatus, error, remedyOfRead(), true, getCause());
    }

    private String remedyOfRead() {
        return remedy.isEmpty() && getCause() instanceof WireException ? "Check the endpoint and the network." : remedy;
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
            CallFailureKind kind, String operation, int httpStatus, ApiError error, String consequence) {
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
        return text.append(last == '.' ? " " : ". ").append(consequence).toString();
    }
}
