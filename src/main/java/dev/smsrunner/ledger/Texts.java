package dev.smsrunner.ledger;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How values are written into columns that hold them as text, and instants into columns with a time zone. */
final class Texts {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private Texts() {}

    static String ofMap(Map<String, String> map) {
        return JSON.writeValueAsString(map);
    }

    static Map<String, String> toMap(String text) {
        return JSON.readValue(text, new TypeReference<LinkedHashMap<String, String>>() {});
    }

    static String ofList(List<String> list) {
        return JSON.writeValueAsString(list);
    }

    static List<String> toList(String text) {
        return JSON.readValue(text, new TypeReference<List<String>>() {});
    }

    static @Nullable OffsetDateTime ofInstant(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    static @Nullable Instant toInstant(ResultSet row, String column) throws SQLException {
        var value = row.getObject(column, OffsetDateTime.class);
        return value == null ? null : value.toInstant();
    }

    /** Cuts what would not fit into the column; only words for people are ever cut. */
    static @Nullable String cut(@Nullable String text, int length) {
        var kept = clean(text);
        return kept == null || kept.length() <= length ? kept : kept.substring(0, length - 1) + "…";
    }

    /** Without NUL characters, which PostgreSQL cannot hold: a service may say anything in an error text. */
    static @Nullable String clean(@Nullable String text) {
        return text == null || text.indexOf('\0') < 0 ? text : text.replace("\0", "");
    }
}
