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

/** Conversion of values to text columns, and of instants to columns with a time zone. */
final class ColumnCodec {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** A lone surrogate: a regular expression treats a pair as one character. */
    private static final Pattern HALF = Pattern.compile("\\p{Cs}");

    private ColumnCodec() {}

    static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    /** Lone surrogates are replaced here too, so that the text is unchanged when it is read back. */
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

    /** Truncates to the microsecond, the precision of both databases; otherwise one would round and the other truncate. */
    static @Nullable OffsetDateTime ofInstant(@Nullable Instant instant) {
        return instant == null ? null : instant.truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
    }

    /** Value of a column as the event of its change contains it. */
    static @Nullable Object plain(@Nullable Object value) {
        return value instanceof OffsetDateTime time ? time.toInstant().toString() : value;
    }

    static @Nullable Instant toInstant(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    /** Cuts a text to the length of its column; only texts for the operator are ever cut. */
    static @Nullable String cut(@Nullable String text, int length) {
        var kept = clean(text);
        return kept == null || kept.length() <= length ? kept : whole(kept.substring(0, length - 1)) + "…";
    }

    /**
     * Removes NUL characters and lone surrogates, which PostgreSQL cannot store. The error text of a service may contain
     * them.
     */
    static @Nullable String clean(@Nullable String text) {
        return text == null ? null : whole(text.indexOf('\0') < 0 ? text : text.replace("\0", ""));
    }

    private static boolean hasSurrogate(String text) {
        for (int at = 0; at < text.length(); at++) {
            if (Character.isSurrogate(text.charAt(at))) {
                return true;
            }
        }
        return false;
    }

    private static String whole(String text) {
        return hasSurrogate(text) ? HALF.matcher(text).replaceAll("\uFFFD") : text;
    }
}
