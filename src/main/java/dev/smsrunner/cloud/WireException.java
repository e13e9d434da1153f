package dev.smsrunner.cloud;

import org.jspecify.annotations.Nullable;

/** Exchange without a complete answer; states whether the service may have received the request. */
final class WireException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean sent;
    private final boolean ofProxy;
    private final int proxyStatus;
    private final String route;
    private final String remedy;

    /** Failure of a direct connection. */
    WireException(boolean sent, String message, @Nullable Throwable cause) {
        this(sent, message, "", cause);
    }

    /** @param remedy sentences for the operator, empty for none */
    WireException(boolean sent, String message, String remedy, @Nullable Throwable cause) {
        this(sent, message, "", remedy, cause);
    }

    /**
     * @param route text with the proxy, to be put behind the address; empty for a direct connection
     * @param remedy sentences for the operator, empty for none
     */
    WireException(boolean sent, String message, String route, String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.sent = sent;
        this.ofProxy = false;
        this.proxyStatus = 0;
        this.route = route;
        this.remedy = remedy;
    }

    /**
     * Failure of the proxy, which passed nothing on.
     *
     * @param proxyStatus status of the answer of a proxy that requires a login, 0 for any other failure
     * @param remedy sentences for the operator
     */
    WireException(String message, int proxyStatus, String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.sent = false;
        this.ofProxy = true;
        this.proxyStatus = proxyStatus;
        this.route = "";
        this.remedy = remedy;
    }

    CallFailureKind kind() {
        return sent ? CallFailureKind.UNKNOWN : CallFailureKind.NOT_SENT;
    }

    int proxyStatus() {
        return proxyStatus;
    }

    /** Sentences for the operator; empty when the remedy of the kind of failure fits. */
    String remedy() {
        return remedy;
    }

    /** Message with the address and the proxy. */
    String at(ServiceEndpoint endpoint) {
        return getMessage() + (ofProxy ? ", on the way to " : " at ") + endpoint + route;
    }

    /** Message about IAM with its address and the proxy. */
    String atIam(ServiceEndpoint iam) {
        return "IAM at " + iam + route + ": " + getMessage();
    }
}
