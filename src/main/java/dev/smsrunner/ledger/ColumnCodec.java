package dev.smsrunner.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How values are written into columns that hold them as text, and instants into columns with a time zone. */
final class ColumnCodec {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A surrogate that stands alone: a regular expression takes a pair as one character. */
    private static final Pattern HALF = Pattern.compile("\\p{Cs}");

    private ColumnCodec() {}

    static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    /** Half characters are replaced here too, so that the text comes back from the database as it went in. */
    static String ofMap(Map<String, String> map) {
        return whole(JSON.writeValueAsString(map));
    }

    static Map<String, String> toMap(String text) {
        return JSON.readValue(text, new TypeReference<LinkedHashMap<String, String>>() {});
    }

    static String ofList(List<String> list) {
        return whole(JSON.writeValueAsString(list));
    }

    static List<String> toList(String text) {
        return JSON.readValue(text, new TypeReference<List<String>>() {});
    }

    /** To the microsecond, which is what both databases keep; one would round, the other cut. */
    static @Nullable OffsetDateTime ofInstant(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant toInstant(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    /** Cuts what would not fit into the column; only words for people are ever cut. */
    static @Nullable String cut(@Nullable String text, int length) {
        var kept = clean(text);
        return kept == null || kept.length() <= length ? kept : whole(kept.substring(0, length - 1)) + "…";
    }

    /**
     * Without NUL characters and halves of characters, which PostgreSQL cannot hold: a service may say anything in an error
     * text.
     */
    static @Nullable String clean(@Nullable String text) {
        return text == null ? null : whole(text.indexOf('\0') < 0 ? text : text.replace("\0", ""));
    }

    private static String whole(String text) {
        return HALF.matcher(text).replaceAll("\uFFFD");
    }
}
