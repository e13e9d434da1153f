package dev.smsrunner.dashboard;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lets in only what the page itself sent, or a person who opened its address: another site that is open in the same browser
 * can reach loopback too, under a name of its own (DNS rebinding) or from a form. Whoever is refused gets no body.
 */
final class OriginPolicy {

    private static final int MISDIRECTED = 421;
    private static final int FORBIDDEN = 403;
    private static final Set<String> HOSTS = Set.of("localhost", "127.0.0.1", "[::1]");

    private final int port;

    OriginPolicy(int port) {
        this.port = port;
    }

    /** The status to refuse the request with; empty when it may come in. */
    Optional<Integer> refusal(HttpExchange request) {
        var headers = request.getRequestHeaders();
        var host = only(headers, "Host");
        if (host == null || !ours(host) || !request.getRequestURI().toString().startsWith("/")) {
            return Optional.of(MISDIRECTED);
        }
        boolean trusted = ofThePage(headers, host) && (reads(request) || sentByThePage(headers));
        return trusted || opensThePage(request) ? Optional.empty() : Optional.of(FORBIDDEN);
    }

    private boolean ours(String host) {
        var name = host.toLowerCase(Locale.ROOT);
        return HOSTS.stream().anyMatch(known -> name.equals(known + ":" + port) || port == 80 && name.equals(known));
    }

    /** Browsers say where a request comes from; what is no browser need not. */
    private static boolean ofThePage(Headers headers, String host) {
        var site = only(headers, "Sec-Fetch-Site");
        boolean sameSite = !headers.containsKey("Sec-Fetch-Site") || "same-origin".equals(site) || "none".equals(site);
        return sameSite && (!headers.containsKey("Origin") || sameOrigin(headers, host));
    }

    /** What changes something must say that it comes from the page, in a header that no form can send. */
    private static boolean sentByThePage(Headers headers) {
        boolean told = headers.containsKey("Origin") || "same-origin".equals(only(headers, "Sec-Fetch-Site"));
        return told && "1".equals(only(headers, "X-Sms-Runner"));
    }

    /** A link elsewhere may lead to the page: it shows nothing before it has its session. */
    private static boolean opensThePage(HttpExchange request) {
        var headers = request.getRequestHeaders();
        return request.getRequestMethod().equals("GET")
                && request.getRequestURI().toString().equals("/")
                && !headers.containsKey("Origin")
                && "navigate".equals(only(headers, "Sec-Fetch-Mode"))
                && "document".equals(only(headers, "Sec-Fetch-Dest"));
    }

    private static boolean sameOrigin(Headers headers, String host) {
        return ("http://" + host).equalsIgnoreCase(only(headers, "Origin"));
    }

    private static boolean reads(HttpExchange request) {
        return !request.getRequestMethod().equals("POST");
    }

    /** The value of a header that is there exactly once. */
    private static @Nullable String only(Headers headers, String name) {
        List<String> values = headers.get(name);
        return values == null || values.size() != 1 ? null : values.get(0);
    }
}
