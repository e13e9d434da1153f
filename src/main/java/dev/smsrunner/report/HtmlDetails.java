package dev.smsrunner.report;

import dev.smsrunner.ledger.Event;
import java.io.Writer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.SerializableString;
import tools.jackson.core.io.CharacterEscapes;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/**
 * What the script shows of a row when somebody asks: all its values and its latest events, as JSON in which no letter can end
 * the element it is in. Texts are there once; everything else is the number of a text.
 */
final class HtmlDetails {

    /** Latest events of each row; earlier ones are in report.json. */
    private static final int LATEST = 60;

    private static final JsonFactory JSON = JsonFactory.builder()
            .characterEscapes(new NoMarkup())
            .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
            .build();

    private final ReportData night;
    private final long begin;
    private final Map<String, Integer> texts = new LinkedHashMap<>();

    HtmlDetails(ReportData night) {
        this.night = night;
        this.begin = night.report().run().createdAt().getEpochSecond();
    }

    void write(Html html) {
        html.open("script", "type", "application/json", "id", "details");
        try (var json = JSON.createGenerator(ObjectWriteContext.empty(), new Out(html))) {
            json.writeStartObject();
            json.writeNumberProperty("begin", begin);
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
        night.columns().echoed().forEach(json::writeString);
        ReportRow.COLUMNS.forEach(json::writeString);
        ReportData.ADDED.forEach(json::writeString);
        json.writeEndArray();
    }

    private void rows(JsonGenerator json) {
        json.writeObjectPropertyStart("rows");
        night.withCells((row, line) -> {
            json.writeArrayPropertyStart(Integer.toString(row.row().row()));
            night.columns().cells(line).forEach(cell -> text(json, cell));
            night.values(row).values().forEach(value -> text(json, value == null ? "" : value.toString()));
            json.writeEndArray();
        });
        json.writeEndObject();
    }

    private void events(JsonGenerator json) {
        Map<Integer, List<Event>> ofRow = night.told().stream()
                .filter(event -> event.row() != null)
                .collect(
                        Collectors.groupingBy(Event::row, LinkedHashMap::new, Collectors.toCollection(ArrayList::new)));
        json.writeObjectPropertyStart("events");
        ofRow.forEach((row, events) -> {
            json.writeArrayPropertyStart(Integer.toString(row));
            json.writeNumber(events.size());
            events.subList(Math.max(0, events.size() - LATEST), events.size()).forEach(event -> event(json, event));
            json.writeEndArray();
        });
        json.writeEndObject();
    }

    private void event(JsonGenerator json, Event event) {
        json.writeNumber(event.at().getEpochSecond() - begin);
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

    /** Escapes what HTML or XML could take for markup. */
    private static final class NoMarkup extends CharacterEscapes {

        private static final long serialVersionUID = 1L;
        private final int[] escapes = standardAsciiEscapesForJSON();

        NoMarkup() {
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

    /** Hands on what is written. */
    private static final class Out extends Writer {

        private final Html html;

        Out(Html html) {
            this.html = html;
        }

        @Override
        public void write(char[] letters, int from, int length) {
            html.ours(new String(letters, from, length));
        }

        @Override
        public void flush() {
            // the page is flushed as a whole
        }

        @Override
        public void close() {
            // the page goes on
        }
    }
}
