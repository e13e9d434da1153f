package dev.smsrunner.reconcile;

import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.ObservedStateBuilder;
import dev.smsrunner.sms.CopyState;
import dev.smsrunner.sms.CurrentTask;
import dev.smsrunner.sms.ErrorCatalogue;
import dev.smsrunner.sms.MigrationCycle;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.SourceServer;
import dev.smsrunner.sms.TaskError;
import dev.smsrunner.sms.TaskState;
import dev.smsrunner.target.ActualTargetReader;
import dev.smsrunner.target.TargetComparison;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Observation of one source server.
 *
 * @param observedAt start of the observation: later changes may not show yet
 * @param listed whether the source was in the list
 * @param taskId id of its current task, null when it has none
 * @param states states as the service shows them
 * @param error cause of a failed or paused task; null before a query, empty when the service shows none
 * @param current task as the list of sources shows it, null when it was not shown
 * @param target comparison of the row with that task
 */
@RecordBuilder
public record Observation(
        Instant observedAt,
        boolean listed,
        @Nullable String taskId,
        TaskState task,
        CopyState copy,
        MigrationCycle cycle,
        ObservedState states,
        @Nullable Optional<TaskError> error,
        @Nullable CurrentTask current,
        TargetComparison target)
        implements ObservedResource {

    /** The source was not in the list. */
    public static Observation absent(Instant observedAt) {
        return ObservationBuilder.builder()
                .observedAt(observedAt)
                .task(TaskState.ABSENT)
                .copy(CopyState.ABSENT)
                .cycle(MigrationCycle.ABSENT)
                .states(ObservedState.NOTHING)
                .target(TargetComparison.NONE)
                .build();
    }

    /** Observation from the list of sources (ListServers). */
    public static Observation of(SourceServer source, Instant observedAt) {
        var task = source.currentTask();
        var observed = new ObservedState(
                task == null ? null : task.state(),
                source.state(),
                source.migrationCycle(),
                source.connected(),
                progress(source),
                null,
                ActualTargetReader.read(task));
        return new Observation(
                observedAt,
                true,
                task == null ? null : task.id(),
                task == null ? TaskState.ABSENT : task.taskState(),
                source.copyState(),
                source.cycle(),
                observed,
                null,
                task,
                TargetComparison.NONE);
    }

    /**
     * Adds the comparison of the task with the row's target; {@code current_task} of the list of sources costs no call.
     * Another task of the source does not show the target of the row's task: it is left out.
     *
     * @param rowTask id of the row's task, null when it has none
     */
    public Observation comparedWith(@Nullable String rowTask, Function<CurrentTask, TargetComparison> comparing) {
        if (current == null) {
            return this;
        }
        boolean its = rowTask != null && rowTask.equals(current.id());
        return its
                ? edit().target(comparing.apply(current)).build()
                : edit().states(states.withTarget(null))
                        .current(null)
                        .target(TargetComparison.NONE)
                        .build();
    }

    private ObservationBuilder edit() {
        return ObservationBuilder.builder(this);
    }

    /** Adds the states of its task from ShowTask. */
    Observation with(MigrationTask shown) {
        return edit().taskId(shown.id())
                .task(shown.taskState())
                .states(ObservedStateBuilder.builder(states)
                        .taskState(shown.state())
                        .build())
                .error(Optional.ofNullable(shown.taskError()))
                .build();
    }

    /** Failure of the task, from its queried cause. */
    public Failure failure() {
        var shown = Objects.requireNonNull(error);
        var code = shown.map(TaskError::code).orElse(null);
        var known = ErrorCatalogue.explain(code, 0);
        var text = ErrorCatalogue.contains(code) ? known.sentence(code) + detail(shown.get()) : stateText(shown);
        return new Failure(code, text, known.errorClass().name(), known.action(), null);
    }

    private static String detail(TaskError error) {
        return error.detail().map(text -> ". SMS: " + text).orElse("");
    }

    private String stateText(Optional<TaskError> error) {
        if (error.isEmpty()) {
            return states.taskState() + ", no reason given";
        }
        var code = error.get().code();
        return "%s%s: %s"
                .formatted(
                        states.taskState(),
                        code == null ? "" : " with " + code,
                        error.get().text());
    }

    /** Adds the known cause of its task. */
    Observation with(Optional<TaskError> known) {
        return edit().error(known).build();
    }

    /** Whether SMS paused the task because the copy repeatedly exceeded its speed limit (error list, SMS.9007). */
    public boolean isOverSpeed() {
        return error != null
                && error.map(TaskError::code)
                        .filter(code -> ErrorCatalogue.isSameCode(code, "SMS.9007"))
                        .isPresent();
    }

    @Override
    public boolean showsFailure() {
        return phase() == MigrationPhase.FAILED;
    }

    /** Combined meaning of the states. */
    public MigrationPhase phase() {
        return listed ? MigrationPhase.of(task, copy, cycle) : MigrationPhase.NO_SOURCE;
    }

    private static @Nullable String progress(SourceServer source) {
        var task = source.currentTask();
        if (task == null) {
            return null;
        }
        var bytes = source.replicateSize() == null
                ? ""
                : source.replicateSize() + (source.totalSize() == null ? "" : " of " + source.totalSize()) + " bytes";
        var subtask = task.subtaskInfo() == null ? "" : task.subtaskInfo();
        var text = bytes.isEmpty() || subtask.isEmpty() ? bytes + subtask : bytes + ", " + subtask;
        return text.isEmpty() ? null : text;
    }
}
