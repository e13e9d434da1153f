package dev.smsrunner.preflight;

import dev.smsrunner.sms.MigrationTask;
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
}
