package dev.smsrunner.cloud;

import dev.smsrunner.support.Sha256;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests with SDK-HMAC-SHA256 (official signing guide of the API gateway). The service accepts a clock
 * difference of up to 15 minutes.
 */
final class Signer {

    private static final String ALGORITHM = "SDK-HMAC-SHA256";
    private static final String SIGNATURE = "Signature=";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final Clock clock;

    Signer(Clock clock) {
        this.clock = clock;
    }

    /** Headers to add. The signature covers host (sent by the HTTP client itself), x-sdk-date and the security token if there is one. */
    Map<String, String> headers(Credentials.AccessKey key, String method, URI uri, String authority, byte[] body) {
        SortedMap<String, String> signed = new TreeMap<>();
        signed.put("host", authority);
        signed.put("x-sdk-date", TIME.format(clock.instant()));
        if (key.securityToken() != null) {
            signed.put("x-security-token", key.securityToken().reveal());
        }
        Map<String, String> headers = new TreeMap<>(signed);
        headers.remove("host");
        headers.put("Authorization", authorization(key, method, uri, signed, body));
        return headers;
    }

    /** Signature in the headers of a request; null when there is none. */
    static @Nullable String signature(Map<String, String> headers) {
        String authorization = headers.get("Authorization");
        if (authorization == null) {
            return null;
        }
        int at = authorization.indexOf(SIGNATURE);
        return at < 0 ? null : authorization.substring(at + SIGNATURE.length());
    }

    /** Whether the signing time differs from now by more than a minute. */
    boolean isSignedAtAnotherTime(Map<String, String> headers) {
        var signed = headers.get("x-sdk-date");
        return signed != null
                && Duration.between(TIME.parse(signed, Instant::from), clock.instant())
                                .abs()
                                .compareTo(Duration.ofMinutes(1))
                        > 0;
    }

    /** @param signed lower-case names and values, with host and x-sdk-date */
    static String authorization(
            Credentials.AccessKey key, String method, URI uri, SortedMap<String, String> signed, byte[] body) {
        String names = String.join(";", signed.keySet());
        String canonical = canonical(method, uri, signed, body);
        String toSign =
                ALGORITHM + "\n" + signed.get("x-sdk-date") + "\n" + sha256(canonical.getBytes(StandardCharsets.UTF_8));
        return "%s Access=%s, SignedHeaders=%s, %s%s"
                .formatted(ALGORITHM, key.ak(), names, SIGNATURE, hmac(key.sk().reveal(), toSign));
    }

    static String canonical(String method, URI uri, SortedMap<String, String> signed, byte[] body) {
        String headers = signed.entrySet().stream()
                .map(header -> header.getKey() + ":" + header.getValue().strip() + "\n")
                .collect(Collectors.joining());
        return String.join(
                "\n", method, path(uri), query(uri), headers, String.join(";", signed.keySet()), sha256(body));
    }

    /** The canonical path ends with a slash; the request path need not. */
    private static String path(URI uri) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return path.endsWith("/") ? path : path + "/";
    }

    /** Sorts the query, which is already encoded by RFC 3986. */
    private static String query(URI uri) {
        String query = uri.getRawQuery();
        return query == null
                ? ""
                : Arrays.stream(query.split("&"))
                        .map(pair -> pair.contains("=") ? pair : pair + "=")
                        .sorted(Comparator.comparing((String pair) -> pair.substring(0, pair.indexOf('=')))
                                .thenComparing(pair -> pair.substring(pair.indexOf('=') + 1)))
                        .collect(Collectors.joining("&"));
    }

    static String sha256(byte[] bytes) {
        return Sha256.hex(bytes);
    }

    private static String hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException("This Java has no HmacSHA256", ex);
        }
    }
}
