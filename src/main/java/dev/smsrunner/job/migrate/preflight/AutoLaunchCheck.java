package dev.smsrunner.job.migrate.preflight;

import dev.smsrunner.inventory.InventoryRow;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.jobfile.JobFile;
import dev.smsrunner.jobfile.RecordedCutover;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.TaskState;
import dev.smsrunner.support.Durations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds existing tasks that would break the launch rules of a row. SMS launches the target by itself at the end of the copy when
 * the task was created with {@code syncing=false} (CreateTask, API reference 2026-01-27).
 *
 * @param cutover who launches the targets, and when
 * @param after waves that the launches of a wave wait for, by wave
 * @param launches maximum number of concurrent launches; null = no limit
 * @param pace minimum time between two launches
 */
public record AutoLaunchCheck(
        CutoverSettings cutover,
        Map<String, List<String>> after,
        @Nullable Integer launches,
        Duration pace) {

    /** Check for a job file. */
    public static AutoLaunchCheck of(JobFile job) {
        var recorded = new RecordedCutover(job.settings());
        return new AutoLaunchCheck(job.cutover(), job.after(), recorded.launches(), recorded.pace());
    }

    /** Check for a job that only defines who launches the targets and when. */
    public static AutoLaunchCheck of(CutoverSettings cutover) {
        return new AutoLaunchCheck(cutover, Map.of(), null, Duration.ZERO);
    }

    /** Reason why the row must not use the task; empty when it may. */
    public Optional<String> conflictOf(InventoryRow row, MigrationTask task) {
        boolean startedInOrder = isOrderedByStart() && task.taskState().isStartable();
        var broken = Boolean.FALSE.equals(task.syncing()) && !startedInOrder ? brokenRules(row) : List.<String>of();
        return broken.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "Its task %s was created with syncing=false: SMS would launch the target by itself when the copy ends. That would break %s. Delete that task with the job delete or in the console, then rerun."
                                .formatted(task.id(), String.join(", ", broken)));
    }

    /** Warning for a task whose {@code syncing} flag SMS does not show; empty when the flag does not matter. */
    public Optional<String> launchWarning(InventoryRow row, MigrationTask task) {
        return task.syncing() == null ? launchWarning(row, task.id(), task.taskState()) : Optional.empty();
    }

    /** Same warning for a task of which only the state is known. */
    public Optional<String> launchWarning(InventoryRow row, @Nullable String task, TaskState state) {
        boolean mayLaunch = state == TaskState.RUNNING || state.isStartable() && !isOrderedByStart();
        var broken = mayLaunch ? brokenRules(row) : List.<String>of();
        return broken.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "SMS does not show whether its task %s was created with syncing=true: with syncing=false SMS launches the target by itself when the copy ends. That may break %s. Delete that task with the job delete or in the console if you are not sure."
                                .formatted(task, String.join(", ", broken)));
    }

    /** Whether the start already waits for the launch order, since every task launches its target by itself. */
    private boolean isOrderedByStart() {
        return !cutover.isLaunchedByCall();
    }

    /** Settings that the launch of the row has to wait for. Only the order counts where SMS launches the targets. */
    private List<String> brokenRules(InventoryRow row) {
        var broken = new ArrayList<String>();
        cutover.windows().all().stream()
                .map(window -> window.name().isEmpty() ? window.key() : "cutover.windows")
                .distinct()
                .forEach(broken::add);
        if (cutover.when() == CutoverSettings.LaunchMode.MANUAL) {
            broken.add("cutover.when: manual");
        }
        if (!row.dependsOn().isEmpty()) {
            broken.add("depends_on " + String.join(";", row.dependsOn()));
        }
        var before = after.getOrDefault(row.waveName(), List.of());
        if (!before.isEmpty()) {
            broken.add("waves.%s.after %s".formatted(row.waveName(), String.join(", ", before)));
        }
        if (cutover.isLaunchedByCall()) {
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
