package dev.smsrunner.dashboard;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Admits only requests of the page itself and navigation to its address. Another site in the same browser can also reach
 * loopback, under a host name of its own (DNS rebinding) or from a form. A refusal has no body.
 */
record OriginPolicy(int port) {

    private static final int MISDIRECTED = 421;
    private static final int FORBIDDEN = 403;
    private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

    /** The status of the refusal; empty for an admitted request. */
    Optional<Integer> refusal(HttpExchange request) {
        var headers = request.getRequestHeaders();
        var host = only(headers, "Host");
        if (host == null
                || !isOwnHost(host)
                || !request.getRequestURI().toString().startsWith("/")) {
            return Optional.of(MISDIRECTED);
        }
        boolean trusted = isSameSite(headers, host) && (isRead(request) || isMarkedByPage(headers));
        return trusted || isNavigation(request) || isProgram(headers) ? Optional.empty() : Optional.of(FORBIDDEN);
    }

    private boolean isOwnHost(String host) {
        var name = host.toLowerCase(Locale.ROOT);
        return HOSTS.stream().anyMatch(known -> name.equals(known + ":" + port) || port == 80 && name.equals(known));
    }

    /** Browsers send the origin of a request; other clients need not. */
    private static boolean isSameSite(Headers headers, String host) {
        var site = only(headers, "Sec-Fetch-Site");
        boolean sameSite = !headers.containsKey("Sec-Fetch-Site") || "same-origin".equals(site) || "none".equals(site);
        return sameSite && (!headers.containsKey("Origin") || sameOrigin(headers, host));
    }

    /** A modifying request must carry its origin and a header that no form can send. */
    private static boolean isMarkedByPage(Headers headers) {
        boolean hasOrigin = headers.containsKey("Origin") || "same-origin".equals(only(headers, "Sec-Fetch-Site"));
        return hasOrigin && "1".equals(only(headers, "X-Sms-Runner"));
    }

    /** A link on another site may open the page, since the page has no data without a session. */
    private static boolean isNavigation(HttpExchange request) {
        var headers = request.getRequestHeaders();
        return request.getRequestMethod().equals("GET")
                && request.getRequestURI().toString().equals("/")
                && !headers.containsKey("Origin")
                && "navigate".equals(only(headers, "Sec-Fetch-Mode"))
                && "document".equals(only(headers, "Sec-Fetch-Dest"));
    }

    /** A browser marks each request that a page causes, so a request with a token and without marks is from a program. */
    private static boolean isProgram(Headers headers) {
        return only(headers, "Authorization") != null
                && headers.keySet().stream()
                        .noneMatch(name -> name.equalsIgnoreCase("Origin")
                                || name.toLowerCase(Locale.ROOT).startsWith("sec-fetch-"));
    }

    private static boolean sameOrigin(Headers headers, String host) {
        return ("http://" + host).equalsIgnoreCase(only(headers, "Origin"));
    }

    private static boolean isRead(HttpExchange request) {
        return !request.getRequestMethod().equals("POST");
    }

    /** The value of a header that occurs exactly once. */
    private static @Nullable String only(Headers headers, String name) {
        List<String> values = headers.get(name);
        return values == null || values.size() != 1 ? null : values.get(0);
    }
}
