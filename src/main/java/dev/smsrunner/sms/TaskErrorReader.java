package dev.smsrunner.sms;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reader of {@code error_json}: an object, a list of objects, a string around either, or no JSON at all. */
final class TaskErrorReader {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final List<String> CODE_NAMES = List.of("error_code", "code");
    private static final List<String> TEXT_NAMES =
            List.of("error_msg", "message", "error_param", "error_params", "params");

    /** Maximum length for parsing; UpdateTask documents at most 1,024 characters. */
    private static final int LONGEST = 64 * 1024;

    private static final int LONGEST_EXCERPT = 1_000;

    private TaskErrorReader() {}

    static @Nullable TaskError read(String text) {
        if (text.length() > LONGEST) {
            return new TaskError(null, text.substring(0, LONGEST_EXCERPT) + "…");
        }
        try {
            return of(JSON.readTree(text), text);
        } catch (JacksonException ex) {
            return new TaskError(null, text);
        }
    }

    private static @Nullable TaskError of(JsonNode node, String body) {
        if (node.isNull() || node.isMissingNode() || (node.isContainer() && node.isEmpty())) {
            return null;
        }
        if (node.isArray()) {
            return of(node.get(0), body);
        }
        if (node.isString()) {
            return TaskError.parse(node.stringValue());
        }
        return node.isObject() ? ofObject(node, body) : new TaskError(null, body);
    }

    private static TaskError ofObject(JsonNode node, String body) {
        String code = null;
        for (String name : CODE_NAMES) {
            String value = node.path(name).asString("").strip();
            code = code == null && !value.isEmpty() ? value : code;
        }
        List<String> parts = new ArrayList<>();
        TEXT_NAMES.forEach(name -> collect(node.path(name), parts));
        String text = String.join(", ", parts);
        return new TaskError(code, !text.isEmpty() ? text : code != null ? code : body);
    }

    private static void collect(JsonNode node, List<String> parts) {
        if (node.isContainer()) {
            node.forEach(element -> collect(element, parts));
        } else if (!node.isNull() && !node.asString("").isBlank()) {
            parts.add(node.asString("").strip());
        }
    }
}
