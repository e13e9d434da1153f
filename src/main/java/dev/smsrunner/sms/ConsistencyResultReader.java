package dev.smsrunner.sms;

import dev.smsrunner.cloud.UnreadableAnswerException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads the answer of ShowConsistencyResult in each shape that the page has had: {@code result_list} of objects (2025-12), of
 * texts that hold JSON (SDK 3.1.212, page 2026-01-27), and one result at the top (2024-09).
 */
final class ConsistencyResultReader {

    /** A result has its directories here, and in the page of 2024-09 the whole answer has. */
    private static final String DIRECTORIES = "consistency_result";

    private static final int LONGEST_TEXT = 300;
    private static final Comparator<ConsistencyResult> BY_END =
            Comparator.comparing(ConsistencyResult::finishedTime, Comparator.nullsFirst(Comparator.naturalOrder()));
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ConsistencyResultReader() {}

    /**
     * The result that ended last; empty when the service has none yet.
     *
     * @throws UnreadableAnswerException when the answer is about another task, or no JSON object
     */
    static Optional<ConsistencyResult> read(String body, String wantedTask) {
        JsonNode root = SmsJson.object(body);
        String task = root.path("task_id").asString("").strip();
        if (!task.isEmpty() && !task.equalsIgnoreCase(wantedTask)) {
            throw new UnreadableAnswerException("ALARM: asked for the result of task %s but the answer is about task %s"
                    .formatted(wantedTask, task));
        }
        JsonNode results = inside(root.path("result_list"));
        if (isNothing(results)) {
            return isNothing(root.path(DIRECTORIES)) ? Optional.empty() : Optional.of(one(root));
        }
        List<JsonNode> all = results.isArray() ? results.valueStream().toList() : List.of(results);
        return all.stream()
                .map(ConsistencyResultReader::inside)
                .filter(result -> !isNothing(result))
                .map(ConsistencyResultReader::one)
                .reduce((one, next) -> BY_END.compare(one, next) > 0 ? one : next);
    }

    private static ConsistencyResult one(JsonNode result) {
        List<String> texts = new ArrayList<>();
        if (!result.isObject()) {
            texts.add(shortly(result));
            return new ConsistencyResult(null, List.of(), String.join("; ", texts));
        }
        JsonNode listed = inside(result.path(DIRECTORIES));
        List<DirectoryComparison> directories = new ArrayList<>();
        for (JsonNode element : listed.isArray() ? listed.valueStream().toList() : List.of(listed)) {
            JsonNode directory = inside(element);
            if (directory.isObject() && !directory.isEmpty()) {
                directories.add(directory(directory));
            } else if (!isNothing(directory)) {
                texts.add(shortly(directory));
            }
        }
        String said = result.path("check_result").asString("").strip();
        if (!said.isEmpty()) {
            texts.add(0, said.length() > LONGEST_TEXT ? said.substring(0, LONGEST_TEXT) + "…" : said);
        }
        return new ConsistencyResult(
                count(result.path("finished_time")), directories, texts.isEmpty() ? null : String.join("; ", texts));
    }

    private static DirectoryComparison directory(JsonNode directory) {
        return new DirectoryComparison(
                Objects.requireNonNullElse(directory.path("dir_check").asString(null), "?"),
                count(directory.path("num_total_files")),
                count(directory.path("num_different_files")),
                count(directory.path("num_target_miss_files")),
                count(directory.path("num_target_more_files")));
    }

    /** JSON inside a text, or the node itself. */
    private static JsonNode inside(JsonNode node) {
        if (!node.isString() || node.stringValue().isBlank()) {
            return node;
        }
        try {
            JsonNode inner = JSON.readTree(node.stringValue());
            return inner.isContainer() ? inner : node;
        } catch (JacksonException ex) {
            return node;
        }
    }

    private static boolean isNothing(JsonNode node) {
        return node.isMissingNode()
                || node.isNull()
                || node.isContainer() && node.isEmpty()
                || node.isString() && node.stringValue().isBlank();
    }

    /** A whole number that is not negative, written as a number or as a text; null for anything else. */
    private static @Nullable Long count(JsonNode node) {
        String digits =
                node.isIntegralNumber() || node.isString() ? node.asString().strip() : "";
        return digits.matches("\\d{1,18}") ? Long.valueOf(digits) : null;
    }

    private static String shortly(JsonNode node) {
        String text = node.isString() ? node.stringValue().strip() : node.toString();
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text;
    }
}
