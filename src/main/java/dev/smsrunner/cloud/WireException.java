package dev.smsrunner.cloud;

import org.jspecify.annotations.Nullable;

/** No complete answer came; tells whether anything may have reached the service. */
final class WireException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean sent;

    WireException(boolean sent, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.sent = sent;
    }

    CallFailureKind verdict() {
        return sent ? CallFailureKind.UNKNOWN : CallFailureKind.NOT_SENT;
    }
}
