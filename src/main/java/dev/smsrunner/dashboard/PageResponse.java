package dev.smsrunner.dashboard;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Response to one request.
 *
 * @param type content type, null without a body
 * @param headers in addition to the headers of every response
 */
record PageResponse(int status, @Nullable String type, byte[] body, Map<String, String> headers) {

    private static final byte[] EMPTY = {};

    static PageResponse empty(int status) {
        return new PageResponse(status, null, EMPTY, Map.of());
    }

    static PageResponse json(int status, Object value) {
        return new PageResponse(status, "application/json", PageJson.bytes(value), Map.of());
    }

    /** An error with a message for the operator. */
    static PageResponse error(int status, String message) {
        return json(status, Map.of("error", message));
    }

    PageResponse with(String header, String value) {
        return new PageResponse(status, type, body, Map.of(header, value));
    }
}
