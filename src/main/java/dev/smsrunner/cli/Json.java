package dev.smsrunner.cli;

import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** The machine-readable form of a result. */
final class Json {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final ObjectWriter WRITER = MAPPER.writerWithDefaultPrettyPrinter();

    private Json() {}

    /** The value, made of maps, lists, texts and numbers, as JSON. */
    static String text(Object value) {
        return WRITER.writeValueAsString(value);
    }

    /** The same on one line. */
    static String line(Object value) {
        return MAPPER.writeValueAsString(value);
    }
}
