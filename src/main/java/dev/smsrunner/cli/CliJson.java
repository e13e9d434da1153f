package dev.smsrunner.cli;

import dev.smsrunner.report.ControlCharJsonEscapes;
import java.io.PrintStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** The machine-readable form of a result. */
final class CliJson {

    private static final ObjectWriter LINE =
            JsonMapper.builder().build().writer().with(new ControlCharJsonEscapes());
    private static final ObjectWriter TEXT = LINE.withDefaultPrettyPrinter();

    private CliJson() {}

    /** Writes values to the stream one after the other. */
    static JsonGenerator generator(PrintStream out) {
        return LINE.createGenerator(out);
    }

    /** The value, made of maps, lists, texts and numbers, as JSON. */
    static String text(Object value) {
        return TEXT.writeValueAsString(value);
    }

    /** The same on one line. */
    static String line(Object value) {
        return LINE.writeValueAsString(value);
    }
}
