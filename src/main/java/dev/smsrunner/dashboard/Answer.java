package dev.smsrunner.dashboard;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is answered to one request.
 *
 * @param type content type, null when there is no body
 * @param headers besides those that every answer has
 */
record Answer(int status, @Nullable String type, byte[] body, Map<String, String> headers) {

    private static final byte[] NOTHING = {};

    static Answer empty(int status) {
        return new Answer(status, null, NOTHING, Map.of());
    }

    static Answer json(int status, Object value) {
        return new Answer(status, "application/json", Json.bytes(value), Map.of());
    }

    /** Why it was not done, for the person in front of the page. */
    static Answer error(int status, String what) {
        return json(status, Map.of("error", what));
    }

    Answer with(String header, String value) {
        return new Answer(status, type, body, Map.of(header, value));
    }
}
