package dev.smsrunner.target;

import java.util.List;
import java.util.stream.Collectors;

/**
 * One property in which a task differs from its row.
 *
 * @param row value that the row demands
 * @param task value that the task has
 */
public record TargetDifference(TargetField field, String row, String task) {

    /** For messages: {@code target_server_id: row ECS-1, task PROD-ECS-0001}. */
    public String text() {
        return "%s: row %s, task %s".formatted(field.label(), row, task);
    }

    /** Several differences as one text. */
    public static String text(List<TargetDifference> differences) {
        return differences.stream().map(TargetDifference::text).collect(Collectors.joining("; "));
    }
}
