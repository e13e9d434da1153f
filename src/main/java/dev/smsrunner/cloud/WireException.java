package dev.smsrunner.cloud;

import org.jspecify.annotations.Nullable;

/** Exchange without a complete answer; states whether the service may have received the request. */
final class WireException extends Exception {

    private static final long serialVersionUID = 1L;

    private final boolean sent;
    private final int proxyStatus;
    private final String route;
    private final String remedy;

    WireException(boolean sent, String message, @Nullable Throwable cause) {
        this(sent, message, 0, "", "", cause);
    }

    /**
     * @param proxyStatus status of the answer of a proxy that requires a login, 0 for any other failure
     * @param route text with the proxy, to be put behind the address; empty for a direct connection
     * @param remedy sentence for the operator without its full stop; empty for none
     */
    WireException(
            boolean sent, String message, int proxyStatus, String route, String remedy, @Nullable Throwable cause) {
        super(message, cause);
        this.sent = sent;
        this.proxyStatus = proxyStatus;
        this.route = route;
        this.remedy = remedy.isEmpty() ? "" : ". " + remedy;
    }

    CallFailureKind kind() {
        return sent ? CallFailureKind.UNKNOWN : CallFailureKind.NOT_SENT;
    }

    int proxyStatus() {
        return proxyStatus;
    }

    /** Message with the address and the proxy. */
    String at(ServiceEndpoint endpoint) {
        return getMessage() + " at " + endpoint + route + remedy;
    }

    /** Message about IAM with its address and the proxy. */
    String atIam(ServiceEndpoint iam) {
        return "IAM at " + iam + route + ": " + getMessage() + remedy;
    }
}
