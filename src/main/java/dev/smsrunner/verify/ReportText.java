package dev.smsrunner.verify;

import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Summary of a {@code report.json}, streamed by row and event, since the file of a large run does not fit into memory.
 *
 * @param outcome number of rows per outcome
 * @param events number of events
 */
record ReportText(Map<String, Integer> outcome, long events) {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /**
     * Reads the file and visits its rows and events in their order.
     *
     * @throws tools.jackson.core.JacksonException if reading fails, or the file is not JSON
     */
    static ReportText read(Path file, Consumer<JsonNode> rows, Consumer<JsonNode> events) {
        try (var parser = JSON.createParser(file)) {
            return parser.nextToken() == JsonToken.START_OBJECT
                    ? new ReportParser(parser, rows, events).parse()
                    : new ReportText(Map.of(), 0);
        }
    }

    /**
     * The run id in the file; empty for none.
     *
     * @throws tools.jackson.core.JacksonException if reading fails, or the file is not JSON
     */
    static String runIdOf(Path file) {
        try (var parser = JSON.createParser(file)) {
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                    var name = parser.currentName();
                    parser.nextToken();
                    if (name.equals("run_id")) {
                        return String.valueOf(parser.getString());
                    }
                    parser.skipChildren();
                }
            }
            return "";
        }
    }

    /** One pass over the file. */
    private static final class ReportParser {

        private final JsonParser parser;
        private final Consumer<JsonNode> rows;
        private final Consumer<JsonNode> events;
        private final Map<String, Integer> outcome = new TreeMap<>();
        private long count;

        ReportParser(JsonParser parser, Consumer<JsonNode> rows, Consumer<JsonNode> events) {
            this.parser = parser;
            this.rows = rows;
            this.events = events;
        }

        ReportText parse() {
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                var name = parser.currentName();
                parser.nextToken();
                property(name);
            }
            parser.nextToken(); // content after the end is an error
            return new ReportText(outcome, count);
        }

        private void property(String name) {
            switch (name) {
                case "outcome" ->
                    tree().properties().forEach(entry -> {
                        if (entry.getValue().asInt() > 0) {
                            outcome.put(entry.getKey(), entry.getValue().asInt());
                        }
                    });
                case "rows" -> each(rows);
                case "events" ->
                    each(event -> {
                        count++;
                        events.accept(event);
                    });
                default -> parser.skipChildren();
            }
        }

        private void each(Consumer<JsonNode> visitor) {
            while (parser.currentToken() == JsonToken.START_ARRAY && parser.nextToken() != JsonToken.END_ARRAY) {
                do {
                    visitor.accept(tree());
                } while (parser.nextToken() != JsonToken.END_ARRAY);
            }
        }

        private JsonNode tree() {
            return parser.readValueAsTree();
        }
    }
}
