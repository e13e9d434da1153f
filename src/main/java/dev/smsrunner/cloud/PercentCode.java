package dev.smsrunner.cloud;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Percent-encoding for signatures: RFC 3986, only letters, digits and {@code -._~} stay. */
final class PercentCode {

    private PercentCode() {}

    static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }
}
