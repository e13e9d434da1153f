package dev.smsrunner.cli;

import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** The machine-readable form of a result. */
final class Json {

    private static final ObjectWriter WRITER = JsonMapper.builder().build().writerWithDefaultPrettyPrinter();

    private Json() {}

    /** The value, made of maps, lists, texts and numbers, as JSON. */
    static String text(Object value) {
        return WRITER.writeValueAsString(value);
    }
}
