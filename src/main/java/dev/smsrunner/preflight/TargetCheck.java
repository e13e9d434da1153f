package dev.smsrunner.preflight;

import dev.smsrunner.sms.CurrentTask;
import dev.smsrunner.sms.TaskState;
import dev.smsrunner.target.RowTarget;
import dev.smsrunner.target.TargetDifference;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whether the task that a source has already leads to the target of its row; pure. */
final class TargetCheck {

    private TargetCheck() {}

    /**
     * What is found, empty when the task leads where the row says or is not used.
     *
     * @param migrationIp that the list of tasks shows, null when it shows none
     */
    static Optional<Finding> of(RowTarget row, CurrentTask task, @Nullable String migrationIp) {
        var compared = row.compare(task, migrationIp);
        var state = task.taskState();
        if (compared.differences().isEmpty() || state == TaskState.DELETING || state == TaskState.UNKNOWN) {
            return Optional.empty();
        }
        if (state.isStartable()) {
            return Optional.of(Finding.warning(
                    "%s",
                    "Its task %s (%s) is updated to the target of the row before anything is started: %s."
                            .formatted(task.id(), task.state(), TargetDifference.text(compared.differences()))));
        }
        return Optional.of(
                compared.elsewhere()
                        ? Finding.error(
                                "%s",
                                compared.refusal(task.id(), task.state())
                                        + " Nothing is started or launched. Correct the row, or delete that task in the console, then rerun.")
                        : Finding.warning("%s", compared.formWarning(task.id())));
    }

    /**
     * The same for a source that is migrated already: only onto the target of its row does it count as migrated.
     *
     * @param migrationIp that the list of tasks shows, null when it shows none
     */
    static Optional<Finding> ofMigrated(RowTarget row, CurrentTask task, @Nullable String migrationIp) {
        var compared = row.compare(task, migrationIp);
        var identity = compared.identity();
        if (identity.isEmpty()) {
            return compared.form().isEmpty()
                    ? Optional.empty()
                    : Optional.of(Finding.nothingToDo(
                            "%s",
                            "Its task %s differs from the row: %s."
                                    .formatted(task.id(), TargetDifference.text(compared.form()))));
        }
        return Optional.of(Finding.error(
                "The source is migrated already, by task %s onto another target than that of the row: %s. Look at that target. Correct the row, or delete that task in the console, then rerun.",
                task.id(), TargetDifference.text(identity)));
    }
}
