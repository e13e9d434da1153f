package dev.smsrunner.cli;

import dev.smsrunner.report.ControlCharJsonEscapes;
import java.io.PrintStream;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.json.JsonMapper;

/** JSON output of a result. */
final class CliJson {

    private static final ObjectWriter LINE =
            JsonMapper.builder().build().writer().with(new ControlCharJsonEscapes());
    private static final ObjectWriter TEXT = LINE.withDefaultPrettyPrinter();

    private CliJson() {}

    /** Creates a generator that streams to the output. */
    static JsonGenerator generator(PrintStream out) {
        return LINE.createGenerator(out);
    }

    /** Formats a value of maps, lists, texts and numbers as JSON. */
    static String text(Object value) {
        return TEXT.writeValueAsString(value);
    }

    /** Formats the value as JSON on one line. */
    static String line(Object value) {
        return LINE.writeValueAsString(value);
    }
}
