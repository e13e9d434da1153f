package dev.smsrunner.dashboard;

import com.sun.net.httpserver.HttpExchange;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Base64;
import java.util.Deque;
import java.util.List;
import java.util.stream.Stream;

/**
 * Sessions of the page. The token from the terminal is exchanged for a cookie that no script can read and no other site can
 * send. Both are random, at least 128 bits long, and valid for this process only.
 */
final class Sessions {

    private static final int BYTES = 24;
    private static final int MAX_SESSIONS = 64;

    private final String cookie;
    private final SecureRandom random = new SecureRandom();
    private final String token = randomText();
    private final Deque<String> open = new ArrayDeque<>();

    /** All ports of a host share cookies, so the name of the cookie includes the port. */
    Sessions(int port) {
        this.cookie = "sms_runner_" + port;
    }

    /** The token in the address that the terminal shows. */
    String token() {
        return token;
    }

    boolean isToken(String text) {
        return areEqual(token, text);
    }

    /** Opens a session and returns the cookie header for the browser. */
    synchronized String open() {
        var id = randomText();
        open.addLast(id);
        if (open.size() > MAX_SESSIONS) {
            open.removeFirst();
        }
        return "%s=%s; HttpOnly; SameSite=Strict; Path=/".formatted(cookie, id);
    }

    /** Whether the request belongs to an open session. */
    synchronized boolean isOpen(HttpExchange request) {
        var cookies = request.getRequestHeaders().getOrDefault("Cookie", List.of()).stream()
                .flatMap(header -> Stream.of(header.split(";")))
                .map(String::strip)
                .filter(pair -> pair.startsWith(cookie + "="))
                .map(pair -> pair.substring(cookie.length() + 1))
                .toList();
        boolean found = false;
        for (var id : open) {
            for (var value : cookies) {
                found |= areEqual(id, value);
            }
        }
        return found;
    }

    private String randomText() {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Compares in constant time. */
    private static boolean areEqual(String expected, String actual) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), actual.getBytes(StandardCharsets.UTF_8));
    }
}
