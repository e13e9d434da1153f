package dev.smsrunner.target;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Property in which a task differs from its row.
 *
 * @param row value required by the row
 * @param task value of the task
 */
public record TargetDifference(TargetField field, String row, String task) {

    /** Text for messages: {@code target_server_id: row ECS-1, task PROD-ECS-0001}. */
    public String text() {
        return "%s: row %s, task %s".formatted(field.label(), row, task);
    }

    /** Joins several differences into one text. */
    public static String text(List<TargetDifference> differences) {
        return differences.stream().map(TargetDifference::text).collect(Collectors.joining("; "));
    }
}
