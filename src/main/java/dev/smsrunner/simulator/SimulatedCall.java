package dev.smsrunner.simulator;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call as received.
 *
 * @param method HTTP method
 * @param path path, decoded
 * @param rawQuery query string as sent, "" when there is none
 * @param headers headers
 * @param body body
 */
record SimulatedCall(String method, String path, String rawQuery, Headers headers, byte[] body) {

    /** Reads at most one byte more than the largest accepted body. */
    static SimulatedCall read(HttpExchange exchange, int largestBody) throws IOException {
        @Nullable String query = exchange.getRequestURI().getRawQuery();
        return new SimulatedCall(
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                query == null ? "" : query,
                exchange.getRequestHeaders(),
                exchange.getRequestBody().readNBytes(largestBody + 1));
    }

    Map<String, String> query() {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : rawQuery.split("&")) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
