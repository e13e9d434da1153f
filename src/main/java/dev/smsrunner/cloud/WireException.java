package dev.smsrunner.cloud;

import org.jspecify.annotations.Nullable;

/** Exchange without a complete answer; states whether the service may have received the request. */
final class WireException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean sent;

    WireException(boolean sent, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.sent = sent;
    }

    CallFailureKind kind() {
        return sent ? CallFailureKind.UNKNOWN : CallFailureKind.NOT_SENT;
    }
}
