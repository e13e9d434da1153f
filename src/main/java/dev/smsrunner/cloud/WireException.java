package dev.smsrunner.cloud;

/** No complete answer came; tells whether anything may have reached the service. */
final class WireException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean sent;

    WireException(boolean sent, String message, Throwable cause) {
        super(message, cause);
        this.sent = sent;
    }

    Verdict verdict() {
        return sent ? Verdict.UNKNOWN : Verdict.NOT_SENT;
    }
}
