package dev.smsrunner.target;

import dev.smsrunner.ledger.AttentionCause;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Comparison of a row with the task of its source.
 *
 * @param differences in the order of {@link TargetField}
 * @param complete whether the service returned every field of the target; a missing field is no difference
 */
public record TargetComparison(List<TargetDifference> differences, boolean complete) {

    /** Result without any comparison. */
    public static final TargetComparison NONE = new TargetComparison(List.of(), false);

    public TargetComparison {
        differences = List.copyOf(differences);
    }

    /** Differences of the target's identity: server, region or project. */
    public List<TargetDifference> identity() {
        return differences.stream()
                .filter(difference -> difference.field().isIdentity())
                .toList();
    }

    /** Differences in how the target is created or reached. */
    public List<TargetDifference> form() {
        return differences.stream()
                .filter(difference -> !difference.field().isIdentity())
                .toList();
    }

    /** Whether the task has another target than the row. */
    public boolean isOtherTarget() {
        return !identity().isEmpty();
    }

    /** Copy without the kind and the id of the target server. */
    public TargetComparison withoutServer() {
        return new TargetComparison(
                differences.stream()
                        .filter(difference -> difference.field() != TargetField.EXIST_SERVER
                                && difference.field() != TargetField.TARGET_SERVER_ID)
                        .toList(),
                complete);
    }

    /** Reason for rejecting the task, with every difference. */
    public String refusal(@Nullable String taskId, @Nullable String state) {
        return "Its task %s (%s) does not lead to the target of the row: %s."
                .formatted(taskId, state, TargetDifference.text(differences));
    }

    /** Warning about a running task with the right target but other settings. */
    public String formWarning(@Nullable String taskId) {
        return formWarning(taskId, form());
    }

    /** Warning about the given differences. The text does not change while the task continues. */
    public static String formWarning(@Nullable String taskId, List<TargetDifference> form) {
        return "Its task " + taskId + AttentionCause.USED_AS_IT_IS + TargetDifference.text(form) + ".";
    }
}
