package dev.smsrunner.dashboard;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is answered to one request.
 *
 * @param type content type, null when there is no body
 * @param headers besides those that every answer has
 */
record PageResponse(int status, @Nullable String type, byte[] body, Map<String, String> headers) {

    private static final byte[] NOTHING = {};

    static PageResponse empty(int status) {
        return new PageResponse(status, null, NOTHING, Map.of());
    }

    static PageResponse json(int status, Object value) {
        return new PageResponse(status, "application/json", PageJson.bytes(value), Map.of());
    }

    /** Why it was not done, for the person in front of the page. */
    static PageResponse error(int status, String what) {
        return json(status, Map.of("error", what));
    }

    PageResponse with(String header, String value) {
        return new PageResponse(status, type, body, Map.of(header, value));
    }
}
