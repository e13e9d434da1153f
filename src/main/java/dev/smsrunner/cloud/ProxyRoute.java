package dev.smsrunner.cloud;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.nio.channels.UnresolvedAddressException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One request on its way through a proxy: adds the login, and explains failures of the proxy. */
final class ProxyRoute {

    /** Text of the JDK's client for an answer to CONNECT other than 200 and 407. */
    private static final Pattern REFUSED_TUNNEL = Pattern.compile("Tunnel failed, got: (\\d{3})");

    private final HttpProxy proxy;
    private final String host;
    private final HttpRequest request;
    private final @Nullable WatchedBody body;

    ProxyRoute(HttpProxy proxy, HttpRequest original) {
        this.proxy = proxy;
        this.host = String.valueOf(original.uri().getHost());
        this.body = original.bodyPublisher().map(WatchedBody::new).orElse(null);
        var copy = HttpRequest.newBuilder(original, (name, value) -> true);
        if (body != null) {
            copy.method(original.method(), body);
        }
        var login = proxy.login();
        if (login != null) {
            copy.setHeader(HttpProxy.LOGIN_HEADER, login.authorization().reveal());
        }
        this.request = copy.build();
    }

    HttpRequest request() {
        return request;
    }

    /** Ends the request; false when it may have reached the service before. */
    boolean withhold() {
        return body != null && body.withhold();
    }

    /** Failure with the text of a direct connection, completed by the proxy. */
    WireException failure(boolean sent, String message, @Nullable Throwable cause) {
        boolean mayBeSent = sent && !withhold();
        var remedy = mayBeSent && !request.method().equals("GET")
                ? ""
                : "Check the endpoint, the network and the proxy %s (%s).".formatted(proxy, proxy.source());
        return new WireException(mayBeSent, message, " through the proxy " + proxy, remedy, cause);
    }

    /** Failure of the proxy itself; null for any other failure. */
    @Nullable
    WireException ofProxy(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Matcher refused = REFUSED_TUNNEL.matcher(String.valueOf(cause.getMessage()));
            if (refused.matches()) {
                return refusedTunnel(Integer.parseInt(refused.group(1)), failure);
            }
            if (cause instanceof UnresolvedAddressException || cause instanceof UnknownHostException) {
                return absent("the host name of the proxy %s cannot be resolved", failure);
            }
            if (cause instanceof HttpConnectTimeoutException) {
                return absent("the proxy %s accepts no connection within the time limit", failure);
            }
        }
        return failure instanceof ConnectException ? absent("the proxy %s accepts no connection", failure) : null;
    }

    private WireException absent(String what, Throwable failure) {
        return ofProxy(what, 0, "Check that the proxy runs there, or correct %s.".formatted(proxy.source()), failure);
    }

    /** @param what text with the address of the proxy in place of {@code %s} */
    private WireException ofProxy(String what, int status, String remedy, @Nullable Throwable failure) {
        return new WireException(what.formatted(proxy), status, remedy, failure);
    }

    private WireException refusedTunnel(int status, Throwable failure) {
        var remedy = status >= 500
                ? "Check that the proxy can reach %s.".formatted(host)
                : "Allow %s in the proxy, or add it to NO_PROXY.".formatted(host);
        return ofProxy("the proxy %s refused the connection (HTTP " + status + ")", 0, remedy, failure);
    }

    /** Failure for status 407: the proxy passed nothing on. */
    WireException missingLogin(HttpHeaders answer) {
        var schemes = answer.allValues("Proxy-Authenticate").stream()
                .map(value -> ErrorBody.clean(value).replaceFirst("[ ,].*", ""))
                .filter(scheme -> !scheme.isEmpty())
                .distinct()
                .collect(Collectors.joining(", "));
        var basic = schemes.isEmpty()
                || Pattern.compile("(?i)(^|, )basic(,|$)").matcher(schemes).find();
        var login = proxy.login();
        var remedy = !basic
                ? "The runner supports Basic only. Let the proxy accept Basic, or %s without a login.".formatted(host)
                : login == null
                        ? "Set SMS_RUNNER_PROXY_USER and SMS_RUNNER_PROXY_PASSWORD in the environment."
                        : "Correct the login in %s.".formatted(login.source());
        var what = login == null ? "the proxy %s requires a login" : "the proxy %s rejects the login";
        var offer = basic ? "" : " and offers " + schemes.replace("%", "%%");
        return ofProxy(what + offer, HttpProxy.LOGIN_REQUIRED, remedy, null);
    }
}
