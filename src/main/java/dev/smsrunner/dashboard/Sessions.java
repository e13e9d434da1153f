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
 * Who may look: whoever brings the token that the terminal showed gets a cookie that no script can read and no other site
 * can send. Both are random, of 128 bits and more, and good for this process only.
 */
final class Sessions {

    private static final int BYTES = 24;
    private static final int MOST = 64;

    private final String cookie;
    private final SecureRandom random = new SecureRandom();
    private final String token = word();
    private final Deque<String> open = new ArrayDeque<>();

    /** Cookies are shared by all ports of a host, so the name has the port. */
    Sessions(int port) {
        this.cookie = "sms_runner_" + port;
    }

    /** What the terminal shows. */
    String token() {
        return token;
    }

    boolean isToken(String word) {
        return same(token, word);
    }

    /** Opens a session and returns the header that tells the browser. */
    synchronized String open() {
        var id = word();
        open.addLast(id);
        if (open.size() > MOST) {
            open.removeFirst();
        }
        return "%s=%s; HttpOnly; SameSite=Strict; Path=/".formatted(cookie, id);
    }

    /** Whether the request is of an open session. */
    synchronized boolean has(HttpExchange request) {
        var brought = request.getRequestHeaders().getOrDefault("Cookie", List.of()).stream()
                .flatMap(header -> Stream.of(header.split(";")))
                .map(String::strip)
                .filter(pair -> pair.startsWith(cookie + "="))
                .map(pair -> pair.substring(cookie.length() + 1))
                .toList();
        boolean found = false;
        for (var id : open) {
            for (var word : brought) {
                found |= same(id, word);
            }
        }
        return found;
    }

    private String word() {
        var bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Takes as long however much of it is right. */
    private static boolean same(String known, String word) {
        return MessageDigest.isEqual(known.getBytes(StandardCharsets.UTF_8), word.getBytes(StandardCharsets.UTF_8));
    }
}
