package dev.smsrunner.cloud;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * HTTP proxy of the operator's network.
 *
 * @param source variable or system property with the address, for messages
 * @param login login of the proxy, null for none
 */
public record HttpProxy(
        String host, int port, String source, @Nullable Login login) {

    /** Name of the header with the login. */
    public static final String LOGIN_HEADER = "Proxy-Authorization";

    /** Status of an answer of a proxy that requires a login. */
    public static final int LOGIN_REQUIRED = 407;

    /**
     * Login of a proxy.
     *
     * @param source variables with the login, for messages
     */
    public record Login(String user, Secret password, String source) {

        /** Value of the Proxy-Authorization header (RFC 7617, Basic). */
        public Secret authorization() {
            var pair = (user + ":" + password.reveal()).getBytes(StandardCharsets.UTF_8);
            return Secret.of("Basic " + Base64.getEncoder().encodeToString(pair));
        }
    }

    HttpProxy withLogin(@Nullable Login other) {
        return new HttpProxy(host, port, source, other);
    }

    /** Host and port for messages, without the login. */
    @Override
    public String toString() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    }
}
