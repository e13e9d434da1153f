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
 * Reader of ShowConsistencyResult answers in each documented shape: {@code result_list} of objects (2025-12), of texts
 * with JSON (SDK 3.1.212, page 2026-01-27), and one result at the top (2024-09).
 */
final class ConsistencyResultReader {

    /** Field with the directories of a result; in the page of 2024-09 the whole answer has it. */
    private static final String DIRECTORIES = "consistency_result";

    private static final int LONGEST_TEXT = 300;
    private static final Comparator<ConsistencyResult> BY_END =
            Comparator.comparing(ConsistencyResult::finishedTime, Comparator.nullsFirst(Comparator.naturalOrder()));
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private ConsistencyResultReader() {}

    /**
     * Returns the latest result; empty when the service has none yet.
     *
     * @throws UnreadableAnswerException when the answer is about another task, or no JSON object
     */
    static Optional<ConsistencyResult> read(String body, String expectedTask) {
        JsonNode root = SmsJson.object(body);
        String task = root.path("task_id").asString("").strip();
        if (!task.isEmpty() && !task.equalsIgnoreCase(expectedTask)) {
            throw new UnreadableAnswerException("ALARM: requested the result of task %s but the answer is about task %s"
                    .formatted(expectedTask, task));
        }
        JsonNode results = unwrap(root.path("result_list"));
        if (isBlank(results)) {
            return isBlank(root.path(DIRECTORIES)) ? Optional.empty() : Optional.of(one(root));
        }
        List<JsonNode> all = results.isArray() ? results.valueStream().toList() : List.of(results);
        return all.stream()
                .map(ConsistencyResultReader::unwrap)
                .filter(result -> !isBlank(result))
                .map(ConsistencyResultReader::one)
                .reduce((one, next) -> BY_END.compare(one, next) > 0 ? one : next);
    }

    private static ConsistencyResult one(JsonNode result) {
        List<String> texts = new ArrayList<>();
        if (!result.isObject()) {
            texts.add(shortText(result));
            return new ConsistencyResult(null, List.of(), String.join("; ", texts));
        }
        JsonNode listed = unwrap(result.path(DIRECTORIES));
        List<DirectoryComparison> directories = new ArrayList<>();
        for (JsonNode element : listed.isArray() ? listed.valueStream().toList() : List.of(listed)) {
            JsonNode directory = unwrap(element);
            if (directory.isObject() && !directory.isEmpty()) {
                directories.add(directory(directory));
            } else if (!isBlank(directory)) {
                texts.add(shortText(directory));
            }
        }
        String checkResult = result.path("check_result").asString("").strip();
        if (!checkResult.isEmpty()) {
            texts.add(
                    0,
                    checkResult.length() > LONGEST_TEXT ? checkResult.substring(0, LONGEST_TEXT) + "…" : checkResult);
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

    /** Parses JSON inside a text; returns any other node unchanged. */
    private static JsonNode unwrap(JsonNode node) {
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

    private static boolean isBlank(JsonNode node) {
        return node.isMissingNode()
                || node.isNull()
                || node.isContainer() && node.isEmpty()
                || node.isString() && node.stringValue().isBlank();
    }

    /** Reads a non-negative whole number, written as a number or as a text; null for anything else. */
    private static @Nullable Long count(JsonNode node) {
        String digits =
                node.isIntegralNumber() || node.isString() ? node.asString().strip() : "";
        return digits.matches("\\d{1,18}") ? Long.valueOf(digits) : null;
    }

    private static String shortText(JsonNode node) {
        String text = node.isString() ? node.stringValue().strip() : node.toString();
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text;
    }
}
