package dev.smsrunner.verify;

import static dev.smsrunner.verify.Tables.text;
import static dev.smsrunner.verify.Tables.whole;

import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/**
 * Event from the table.
 *
 * @param row null for the run
 * @param change recorded change; missing for none, or if it is unreadable
 * @param columns all columns
 */
record RecordedEvent(
        long number,
        Instant at,
        long token,
        @Nullable Integer row,
        String kind,
        String before,
        String after,
        String detail,
        JsonNode change,
        Map<String, @Nullable Object> columns) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    static RecordedEvent of(Map<String, @Nullable Object> columns) {
        return new RecordedEvent(
                whole(columns, "event_no"),
                Instant.parse(text(columns, "happened_at")),
                whole(columns, "token"),
                columns.get("row_no") instanceof Long row ? row.intValue() : null,
                text(columns, "kind"),
                text(columns, "before_text"),
                text(columns, "after_text"),
                text(columns, "detail"),
                json(text(columns, "change")),
                columns);
    }

    /** The intent that the event opened, answered or resolved; missing for none. */
    JsonNode intent() {
        return change.path("intent");
    }

    /** The operation of the intent; empty for none. */
    String callOperation() {
        return intent().path("operation").asString("");
    }

    /** The state of the intent after the event; empty for none. */
    String callState() {
        return intent().path("state").asString("");
    }

    /** Key of the intent in {@link ReplayedTables#intents()}. */
    String callKey() {
        return ReplayedTables.key(
                row == null ? 0 : row, callOperation(), intent().path("attempt").asString());
    }

    private static JsonNode json(String text) {
        try {
            return text.isEmpty() ? MissingNode.getInstance() : JSON.readTree(text);
        } catch (JacksonException ex) {
            return MissingNode.getInstance();
        }
    }
}
