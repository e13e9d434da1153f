package dev.smsrunner.dashboard;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** JSON format of the page's data. */
final class PageJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private PageJson() {}

    /** Serializes maps, lists, texts and numbers. */
    static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /** Serializes to one line, which an event of a stream requires. */
    static String line(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static JsonMapper mapper() {
        return MAPPER;
    }

    /** ISO-8601, UTC; null for null. */
    static @Nullable String at(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
