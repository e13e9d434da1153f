package dev.smsrunner.cloud;

import dev.smsrunner.support.UrlPath;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Address of a service: scheme, host, port and an optional path prefix. Plain HTTP is allowed for loopback addresses only. */
public final class ServiceEndpoint {

    private final String base;
    private final URI uri;

    private ServiceEndpoint(String base, URI uri) {
        this.base = base;
        this.uri = uri;
    }

    /**
     * Parses an address.
     *
     * @param text for example {@code https://sms.ap-southeast-3.myhuaweicloud.com} or {@code http://127.0.0.1:8080/sms}
     * @throws IllegalArgumentException when it is not such an address, or is plain HTTP to another machine; the message
     *     is for the operator
     */
    public static ServiceEndpoint of(String text) {
        String base = text.strip().replaceAll("/+$", "");
        URI uri = parse(base);
        if (uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw invalidEndpoint(text, "must be http(s)://host[:port][/prefix] and nothing else", null);
        }
        UrlPath.beforeVersion(uri.getRawPath()).ifPresent(prefix -> {
            throw invalidEndpoint(
                    text,
                    "has the version of the API in its path. Use %s://%s%s"
                            .formatted(uri.getScheme(), uri.getRawAuthority(), prefix),
                    null);
        });
        boolean secure = "https".equalsIgnoreCase(uri.getScheme());
        if (!secure && !"http".equalsIgnoreCase(uri.getScheme())) {
            throw invalidEndpoint(text, "must start with https://", null);
        }
        if (!secure && !isLoopback(uri.getHost())) {
            throw invalidEndpoint(
                    text, "is plain HTTP to another machine, where keys and answers could be read. Use https://", null);
        }
        return new ServiceEndpoint(base, uri);
    }

    /** Host and port as in the Host header, without a port that the scheme implies. */
    public String authority() {
        int implied = "https".equalsIgnoreCase(uri.getScheme()) ? 443 : 80;
        boolean isDefaultPort = uri.getPort() == -1 || uri.getPort() == implied;
        return isDefaultPort ? uri.getHost() : uri.getHost() + ":" + uri.getPort();
    }

    /** Whether the endpoint is on this machine. */
    public boolean isThisMachine() {
        return DirectHosts.isThisMachine(uri);
    }

    URI resolve(List<String> segments, List<Map.Entry<String, String>> query) {
        String path = segments.stream().map(PercentCode::encode).collect(Collectors.joining("/", "/", ""));
        String text = query.stream()
                .map(entry -> PercentCode.encode(entry.getKey()) + "=" + PercentCode.encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        return URI.create(base + path + (text.isEmpty() ? "" : "?" + text));
    }

    @Override
    public String toString() {
        return base;
    }

    private static URI parse(String base) {
        try {
            return new URI(base);
        } catch (URISyntaxException ex) {
            throw invalidEndpoint(base, "is not an address (" + ex.getReason() + ")", ex);
        }
    }

    private static boolean isLoopback(String host) {
        return host.equalsIgnoreCase("localhost") || host.matches("127(\\.\\d{1,3}){3}") || host.equals("[::1]");
    }

    private static IllegalArgumentException invalidEndpoint(String text, String why, @Nullable Throwable cause) {
        return new IllegalArgumentException("endpoint '%s' %s. Correct the endpoint.".formatted(text, why), cause);
    }
}
