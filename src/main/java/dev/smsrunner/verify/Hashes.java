package dev.smsrunner.verify;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Independent computation of the ledger's hashes: SHA-256 of the UTF-8 text of JSON arrays. */
final class Hashes {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Hashed columns of an event in order, after the previous hash. */
    private static final List<String> EVENT_COLUMNS = List.of(
            "run_id",
            "event_no",
            "happened_at",
            "token",
            "row_no",
            "kind",
            "before_text",
            "after_text",
            "detail",
            "request_id",
            "change");

    /** Hashed columns of an inventory row in order, before its cells. */
    private static final List<String> ROW_COLUMNS =
            List.of("row_no", "line_no", "server_name", "wave", "priority", "depends_on", "queued_at");

    /** Columns of later versions, hashed after the cells when one of them has a value. */
    private static final List<String> LATER_ROW_COLUMNS = List.of("cutover_window", "cutover_at");

    private static final int ROW_DIGITS = 32;

    private Hashes() {}

    static String first(String runId) {
        return ofArray(List.of(runId));
    }

    static String ofEvent(String before, Map<String, @Nullable Object> event) {
        var content = new ArrayList<@Nullable Object>();
        content.add(before);
        EVENT_COLUMNS.forEach(column -> content.add(event.get(column)));
        return ofArray(content);
    }

    static String ofRow(Map<String, @Nullable Object> row, String cells) {
        var content = new ArrayList<@Nullable Object>();
        ROW_COLUMNS.forEach(column -> content.add(row.get(column)));
        content.add(cells);
        if (LATER_ROW_COLUMNS.stream().anyMatch(column -> row.get(column) != null)) {
            LATER_ROW_COLUMNS.forEach(column -> content.add(row.get(column)));
        }
        return ofArray(content).substring(0, ROW_DIGITS);
    }

    static String ofBytes(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException ex) {
            throw new IllegalStateException("SHA-256 is missing in this Java runtime", ex);
        }
    }

    private static String ofArray(List<? extends @Nullable Object> content) {
        return ofBytes(JSON.writeValueAsString(content).getBytes(StandardCharsets.UTF_8));
    }
}
