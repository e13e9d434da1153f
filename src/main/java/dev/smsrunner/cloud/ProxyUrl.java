package dev.smsrunner.cloud;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the value of a proxy variable: {@code [http://][user[:password]@]host[:port][/]}. */
final class ProxyUrl {

    private static final int DEFAULT_PORT = 80;
    private static final Pattern SCHEME = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*)://");
    private static final Pattern HOST_AND_PORT =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)]|([A-Za-z0-9._-]+))(?::(\\d{1,5}))?/*");

    private ProxyUrl() {}

    /**
     * Reads a value.
     *
     * @param source name of the variable
     * @throws IllegalArgumentException when it is not the address of an HTTP proxy; the message names the variable and
     *     repeats no part of the value, which may contain a password
     */
    static HttpProxy parse(String source, String value) {
        var scheme = SCHEME.matcher(value);
        var rest = value;
        if (scheme.find()) {
            rest = value.substring(scheme.end());
            if (!scheme.group(1).equalsIgnoreCase("http")) {
                throw unreadable(
                        source,
                        "starts with %s://, but the runner supports HTTP proxies only"
                                .formatted(scheme.group(1).toLowerCase(Locale.ROOT)));
            }
        }
        int at = rest.lastIndexOf('@');
        Matcher address = HOST_AND_PORT.matcher(rest.substring(at + 1));
        if (!address.matches()) {
            throw unreadable(source, "is not the address of a proxy");
        }
        var host = address.group(1) == null ? address.group(2) : address.group(1);
        return new HttpProxy(
                host, port(source, address.group(3)), source, at < 0 ? null : login(source, rest.substring(0, at)));
    }

    /** Reads a port. */
    static int port(String source, @Nullable String text) {
        int port = text == null ? DEFAULT_PORT : text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65_535) {
            throw unreadable(source, "has no valid port");
        }
        return port;
    }

    private static HttpProxy.Login login(String source, String text) {
        int colon = text.indexOf(':');
        var user = decode(source, colon < 0 ? text : text.substring(0, colon));
        var password = colon < 0 ? "" : decode(source, text.substring(colon + 1));
        if (user.isEmpty()) {
            throw unreadable(source, "has a login without a user");
        }
        return new HttpProxy.Login(user, Secret.of(password), source);
    }

    private static String decode(String source, String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException ex) {
            // without the cause, which repeats a part of the password
            throw unreadable(source, "has a login with a % that starts no escape. Write %25 for it");
        }
    }

    private static IllegalArgumentException unreadable(String source, String why) {
        return new IllegalArgumentException("%s %s. Set it to http://HOST:PORT.".formatted(source, why));
    }
}
