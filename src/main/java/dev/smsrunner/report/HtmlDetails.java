package dev.smsrunner.report;

import dev.smsrunner.ledger.Event;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * Details of the rows for the script: all values and the latest events, as JSON that cannot end its script element. Each text
 * occurs once; all references are text numbers.
 */
final class HtmlDetails {

    /** Number of the latest events per row; report.json has all events. */
    private static final int MAX_EVENTS = 60;

    private static final JsonFactory JSON = JsonFactory.builder()
            .characterEscapes(new MarkupEscapes())
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
            .disable(StreamWriteFeature.FLUSH_PASSED_TO_STREAM)
            .build();

    private final ReportData data;
    private final long start;
    private final Map<String, Integer> texts = new LinkedHashMap<>();

    HtmlDetails(ReportData data) {
        this.data = data;
        this.start = data.report().run().createdAt().getEpochSecond();
    }

    void write(Html html) {
        html.open("script", "type", "application/json", "id", "details");
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), html.out())) {
            json.writeStartObject();
            json.writeNumberProperty("start", start);
            names(json);
            rows(json);
            events(json);
            json.writeArrayPropertyStart("texts");
            texts.keySet().forEach(json::writeString);
            json.writeEndArray();
            json.writeEndObject();
        }
        html.close().line();
    }

    private void names(JsonGenerator json) {
        json.writeArrayPropertyStart("columns");
        data.columnNames().forEach(json::writeString);
        json.writeEndArray();
    }

    private void rows(JsonGenerator json) {
        json.writeObjectPropertyStart("rows");
        data.withCells((row, line) -> {
            json.writeArrayPropertyStart(Integer.toString(row.row().row()));
            data.columns().cells(line).forEach(cell -> text(json, cell));
            data.values(row).values().forEach(value -> text(json, value == null ? "" : value.toString()));
            json.writeEndArray();
        });
        json.writeEndObject();
    }

    private void events(JsonGenerator json) {
        Map<Integer, List<Event>> ofRow = data.reportedEvents().stream()
                .filter(event -> event.row() != null)
                .collect(
                        Collectors.groupingBy(Event::row, LinkedHashMap::new, Collectors.toCollection(ArrayList::new)));
        json.writeObjectPropertyStart("events");
        ofRow.forEach((row, events) -> {
            json.writeArrayPropertyStart(Integer.toString(row));
            json.writeNumber(events.size());
            events.subList(Math.max(0, events.size() - MAX_EVENTS), events.size())
                    .forEach(event -> event(json, event));
            json.writeEndArray();
        });
        json.writeEndObject();
    }

    private void event(JsonGenerator json, Event event) {
        json.writeNumber(event.at().getEpochSecond() - start);
        text(json, event.kind().name());
        text(json, event.before());
        text(json, event.after());
        text(json, event.detail());
        text(json, event.requestId());
    }

    private void text(JsonGenerator json, @Nullable String text) {
        var shown = text == null ? "" : ControlCharEscaper.text(text);
        json.writeNumber(texts.computeIfAbsent(shown, one -> texts.size()));
    }

    /** Escapes characters that are markup in HTML or XML. */
    private static final class MarkupEscapes extends CharacterEscapes {

        private static final long serialVersionUID = 1L;
        private final int[] escapes = standardAsciiEscapesForJSON();

        MarkupEscapes() {
            for (char letter : new char[] {'<', '>', '&', '\''}) {
                escapes[letter] = ESCAPE_STANDARD;
            }
        }

        @Override
        public int[] getEscapeCodesForAscii() {
            return escapes.clone();
        }

        @Override
        public @Nullable SerializableString getEscapeSequence(int letter) {
            return new SerializedString("\\u%04x".formatted(letter));
        }
    }
}
