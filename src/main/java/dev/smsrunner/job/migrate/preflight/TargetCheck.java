package dev.smsrunner.job.migrate.preflight;

import dev.smsrunner.preflight.Finding;
import dev.smsrunner.sms.CurrentTask;
import dev.smsrunner.sms.TaskState;
import dev.smsrunner.target.RowTarget;
import dev.smsrunner.target.TargetDifference;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Compares the target of an existing task with the target of the row; pure. */
final class TargetCheck {

    private TargetCheck() {}

    /**
     * Finding about a different target; empty when the targets are equal or the task is not used.
     *
     * @param migrationIp address in the list of tasks, null when the list shows none
     */
    static Optional<Finding> of(RowTarget row, CurrentTask task, @Nullable String migrationIp) {
        var comparison = row.compare(task, migrationIp);
        var state = task.taskState();
        if (comparison.differences().isEmpty() || state == TaskState.DELETING || state == TaskState.UNKNOWN) {
            return Optional.empty();
        }
        if (state.isStartable()) {
            return Optional.of(Finding.warning(
                    "%s",
                    "The runner updates task %s (%s) to the target of the row before the start: %s."
                            .formatted(task.id(), task.state(), TargetDifference.text(comparison.differences()))));
        }
        return Optional.of(
                comparison.isOtherTarget()
                        ? Finding.error(
                                "%s",
                                comparison.refusal(task.id(), task.state())
                                        + " Nothing is started or launched. Correct the row, or delete that task with the job delete or in the console, then rerun.")
                        : Finding.warning("%s", comparison.formWarning(task.id())));
    }

    /**
     * Finding for a source that is already migrated. It counts as migrated only if its target is the target of the row.
     *
     * @param migrationIp address in the list of tasks, null when the list shows none
     */
    static Optional<Finding> ofMigrated(RowTarget row, CurrentTask task, @Nullable String migrationIp) {
        var comparison = row.compare(task, migrationIp);
        var identity = comparison.identity();
        if (identity.isEmpty()) {
            return comparison.form().isEmpty()
                    ? Optional.empty()
                    : Optional.of(Finding.nothingToDo(
                            "%s",
                            "Its task %s differs from the row: %s."
                                    .formatted(task.id(), TargetDifference.text(comparison.form()))));
        }
        return Optional.of(Finding.error(
                "Task %s already migrated the source onto another target than the row names: %s. Check that target. Correct the row, or delete that task with the job delete or in the console, then rerun.",
                task.id(), TargetDifference.text(identity)));
    }
}
