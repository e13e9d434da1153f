package dev.smsrunner.dashboard;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** How the page's data is written. */
final class PageJson {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private PageJson() {}

    /** The value, made of maps, lists, texts and numbers. */
    static byte[] bytes(Object value) {
        return MAPPER.writeValueAsBytes(value);
    }

    /** The value on one line, as an event of a stream must be. */
    static String line(Object value) {
        return MAPPER.writeValueAsString(value);
    }

    static JsonMapper mapper() {
        return MAPPER;
    }

    /** ISO-8601, UTC; null for none. */
    static @Nullable String at(@Nullable Instant instant) {
        return instant == null ? null : instant.toString();
    }
}
