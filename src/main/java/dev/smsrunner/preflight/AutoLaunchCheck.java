package dev.smsrunner.preflight;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.jobfile.Durations;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.RecordedCutover;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.TaskState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which tasks that are there already would break what was agreed of the launch of a row: SMS launches the target by itself at the
 * end of the copy when the task was created with {@code syncing=false} (CreateTask, API reference 2026-01-27).
 *
 * @param cutover who launches the targets, and when
 * @param after by wave the waves that its launches wait for
 * @param launches how many targets may be launching at once; null = no limit
 * @param pace the shortest time between two launches
 */
public record AutoLaunchCheck(
        CutoverSettings cutover,
        Map<String, List<String>> after,
        @Nullable Integer launches,
        Duration pace) {

    /** The rule of a job file. */
    public static AutoLaunchCheck of(JobFile job) {
        var recorded = new RecordedCutover(job.settings());
        return new AutoLaunchCheck(job.cutover(), job.after(), recorded.launches(), recorded.pace());
    }

    /** The rule of a job that says nothing but who launches the targets, and when. */
    public static AutoLaunchCheck of(CutoverSettings cutover) {
        return new AutoLaunchCheck(cutover, Map.of(), null, Duration.ZERO);
    }

    /** Why the task must not be used for the row; empty when it may. */
    public Optional<String> against(InventoryRow row, MigrationTask task) {
        boolean inOrder = startsInOrder() && task.taskState().isStartable();
        var broken = Boolean.FALSE.equals(task.syncing()) && !inOrder ? brokenBy(row) : List.<String>of();
        return broken.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "Its task %s was created with syncing=false: SMS would launch the target by itself when the copy ends. That would break %s. Delete that task in the console, then rerun."
                                .formatted(task.id(), String.join(", ", broken)));
    }

    /** What the operator must know where SMS does not show whether the task keeps its target in sync; empty when it does not matter. */
    public Optional<String> unshown(InventoryRow row, MigrationTask task) {
        return task.syncing() == null ? unshown(row, task.id(), task.taskState()) : Optional.empty();
    }

    /** The same for a task of which nothing but its state is known. */
    public Optional<String> unshown(InventoryRow row, @Nullable String task, TaskState state) {
        boolean ends = state == TaskState.RUNNING || state.isStartable() && !startsInOrder();
        var broken = ends ? brokenBy(row) : List.<String>of();
        return broken.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "SMS does not show whether its task %s was created with syncing=true: with syncing=false SMS launches the target by itself when the copy ends. That may break %s. Delete that task in the console if you are not sure."
                                .formatted(task, String.join(", ", broken)));
    }

    /** Whether what the launch waits for holds the start already, since every task launches its target by itself. */
    private boolean startsInOrder() {
        return !cutover.launchedByHand();
    }

    /** What the launch of the row has to wait for; only the order counts where SMS launches the targets. */
    private List<String> brokenBy(InventoryRow row) {
        var broken = new ArrayList<String>();
        if (cutover.window() != null) {
            broken.add("cutover.window");
        }
        if (cutover.when() == CutoverSettings.When.MANUAL) {
            broken.add("cutover.when: manual");
        }
        if (!row.dependsOn().isEmpty()) {
            broken.add("depends_on " + String.join(";", row.dependsOn()));
        }
        var before = after.getOrDefault(row.waveName(), List.of());
        if (!before.isEmpty()) {
            broken.add("waves.%s.after %s".formatted(row.waveName(), String.join(", ", before)));
        }
        if (cutover.launchedByHand()) {
            broken.addAll(limits(row));
        }
        return broken;
    }

    private List<String> limits(InventoryRow row) {
        var broken = new ArrayList<String>();
        if (launches != null) {
            broken.add("cutover.launches " + launches);
        }
        if (!pace.isZero()) {
            broken.add("cutover.pace " + Durations.write(pace));
        }
        if (cutover.onDifference() == CutoverSettings.OnDifference.HOLD
                && Boolean.TRUE.equals(row.verifyConsistency())) {
            broken.add("cutover.on-difference: hold");
        }
        return broken;
    }
}
