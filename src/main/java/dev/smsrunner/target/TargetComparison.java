package dev.smsrunner.target;

import dev.smsrunner.ledger.AttentionCause;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row compared with the task of its source.
 *
 * @param differences in the order of {@link TargetField}
 * @param complete whether the service shows everything that decides the target; what it does not show is no difference
 */
public record TargetComparison(List<TargetDifference> differences, boolean complete) {

    /** Nothing was compared. */
    public static final TargetComparison NONE = new TargetComparison(List.of(), false);

    public TargetComparison {
        differences = List.copyOf(differences);
    }

    /** Differences that make it another target: another server, region or project. */
    public List<TargetDifference> identity() {
        return differences.stream()
                .filter(difference -> difference.field().identity())
                .toList();
    }

    /** Differences in how the same target is made or reached. */
    public List<TargetDifference> form() {
        return differences.stream()
                .filter(difference -> !difference.field().identity())
                .toList();
    }

    /** Whether the task leads to another target than the row. */
    public boolean elsewhere() {
        return !identity().isEmpty();
    }

    /** The same without what tells an existing target server from a new one: its kind and its id. */
    public TargetComparison withoutServer() {
        return new TargetComparison(
                differences.stream()
                        .filter(difference -> difference.field() != TargetField.EXIST_SERVER
                                && difference.field() != TargetField.TARGET_SERVER_ID)
                        .toList(),
                complete);
    }

    /** Why the task is not used, with every difference. */
    public String refusal(@Nullable String taskId, @Nullable String state) {
        return "Its task %s (%s) does not lead to the target of the row: %s."
                .formatted(taskId, state, TargetDifference.text(differences));
    }

    /** What is worth knowing of a task under way that leads to the right target in another way. */
    public String formWarning(@Nullable String taskId) {
        return usedAsItIs(taskId, form());
    }

    /** The same of some differences; the text does not change while the task continues. */
    public static String usedAsItIs(@Nullable String taskId, List<TargetDifference> form) {
        return "Its task " + taskId + AttentionCause.USED_AS_IT_IS + TargetDifference.text(form) + ".";
    }
}
