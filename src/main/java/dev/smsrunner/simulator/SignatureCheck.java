package dev.smsrunner.simulator;

import com.sun.net.httpserver.Headers;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** Rebuilds the SDK-HMAC-SHA256 signature of a call (official signing guide) from the received request. */
final class SignatureCheck {

    static final String ALGORITHM = "SDK-HMAC-SHA256";

    private SignatureCheck() {}

    /** The expected signature of this call for {@code secretKey}. */
    static String signature(SimulatedCall call, List<String> signedHeaders, String secretKey) {
        String date = String.valueOf(call.headers().getFirst("X-Sdk-Date"));
        String toSign = ALGORITHM + "\n" + date + "\n"
                + sha256(canonical(call, signedHeaders).getBytes(StandardCharsets.UTF_8));
        return hmac(secretKey, toSign);
    }

    static String canonical(SimulatedCall call, List<String> signedHeaders) {
        List<String> names = signedHeaders.stream().sorted().toList();
        String headers = names.stream()
                .map(name -> name + ":" + value(call.headers(), name) + "\n")
                .collect(Collectors.joining());
        return String.join(
                "\n",
                call.method(),
                path(call.path()),
                query(call.rawQuery()),
                headers,
                String.join(";", names),
                bodyHash(call));
    }

    private static String value(Headers headers, String name) {
        @Nullable String value = headers.getFirst(name);
        return value == null ? "" : value.trim();
    }

    private static String bodyHash(SimulatedCall call) {
        @Nullable String declared = call.headers().getFirst("X-Sdk-Content-Sha256");
        return declared == null ? sha256(call.body()) : declared;
    }

    /** The path ends with a slash in the canonical form only. */
    private static String path(String decoded) {
        String encoded = Arrays.stream(decoded.split("/", -1))
                .map(SignatureCheck::encode)
                .collect(Collectors.joining("/"));
        return encoded.endsWith("/") ? encoded : encoded + "/";
    }

    private static String query(String raw) {
        List<String[]> pairs = new ArrayList<>();
        for (String pair : raw.isEmpty() ? new String[0] : raw.split("&")) {
            String[] parts = pair.split("=", 2);
            pairs.add(new String[] {
                SimulatedCall.decode(parts[0]), parts.length == 1 ? "" : SimulatedCall.decode(parts[1])
            });
        }
        pairs.sort((a, b) -> a[0].equals(b[0]) ? a[1].compareTo(b[1]) : a[0].compareTo(b[0]));
        return pairs.stream()
                .map(pair -> encode(pair[0]) + "=" + encode(pair[1]))
                .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException("this Java lacks SHA-256", ex);
        }
    }

    static String hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of()
                    .formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)))
                    .toLowerCase(Locale.ROOT);
        } catch (GeneralSecurityException ex) {
            throw new IllegalStateException("this Java lacks HmacSHA256", ex);
        }
    }
}
