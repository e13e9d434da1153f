package dev.smsrunner.preflight;

import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.TaskState;
import java.util.Optional;

/**
 * Which tasks that are there already must not be used, because SMS would launch their targets by itself.
 *
 * @param onlyWhenTold whether that is against the job: it has a window, or leaves the launch to a person
 */
public record LaunchRule(boolean onlyWhenTold) {

    /** Why the task must not be used; empty when it may. */
    public Optional<String> against(MigrationTask task) {
        return onlyWhenTold && Boolean.FALSE.equals(task.syncing())
                ? Optional.of(
                        "Its task %s was created with syncing=false: SMS would launch the target by itself when the copy ends. Delete that task in the console, then rerun."
                                .formatted(task.id()))
                : Optional.empty();
    }

    /** What the operator must know where SMS does not show whether the task keeps its target in sync; empty when it does not matter. */
    public Optional<String> unshown(MigrationTask task) {
        boolean ends = task.taskState().isStartable() || task.taskState() == TaskState.RUNNING;
        return onlyWhenTold && task.syncing() == null && ends
                ? Optional.of(
                        "SMS does not show whether its task %s was created with syncing=true: with syncing=false SMS launches the target by itself when the copy ends. Delete that task in the console if you are not sure."
                                .formatted(task.id()))
                : Optional.empty();
    }
}
