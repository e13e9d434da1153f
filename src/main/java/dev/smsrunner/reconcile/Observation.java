package dev.smsrunner.reconcile;

import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.sms.CopyState;
import dev.smsrunner.sms.CurrentTask;
import dev.smsrunner.sms.ErrorCatalogue;
import dev.smsrunner.sms.MigrationCycle;
import dev.smsrunner.sms.MigrationTask;
import dev.smsrunner.sms.SourceServer;
import dev.smsrunner.sms.TaskError;
import dev.smsrunner.sms.TaskState;
import dev.smsrunner.target.ShownTarget;
import dev.smsrunner.target.TargetComparison;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What was seen of one source server.
 *
 * @param lookedAt when the look began: what was done later may not show yet
 * @param listed whether the source was in the list
 * @param taskId id of its current task, null when it has none
 * @param seen the states in the words of the service
 * @param error why its task failed or was paused; null until that was asked, empty when the service gives no reason
 * @param current the task as its source shows it, null when it was not seen
 * @param target the row compared with that task
 */
public record Observation(
        Instant lookedAt,
        boolean listed,
        @Nullable String taskId,
        TaskState task,
        CopyState copy,
        MigrationCycle cycle,
        ObservedState seen,
        @Nullable Optional<TaskError> error,
        @Nullable CurrentTask current,
        TargetComparison target)
        implements ObservedResource {

    /** An observation that does not tell where the task leads. */
    public Observation(
            Instant lookedAt,
            boolean listed,
            @Nullable String taskId,
            TaskState task,
            CopyState copy,
            MigrationCycle cycle,
            ObservedState seen,
            @Nullable Optional<TaskError> error) {
        this(lookedAt, listed, taskId, task, copy, cycle, seen, error, null, TargetComparison.NONE);
    }

    /** The source was not in the list. */
    static Observation absent(Instant lookedAt) {
        return new Observation(
                lookedAt,
                false,
                null,
                TaskState.ABSENT,
                CopyState.ABSENT,
                MigrationCycle.ABSENT,
                ObservedState.NOTHING,
                null);
    }

    /** What the list of sources says (ListServers). */
    public static Observation of(SourceServer source, Instant lookedAt) {
        var task = source.currentTask();
        var seen = new ObservedState(
                task == null ? null : task.state(),
                source.state(),
                source.migrationCycle(),
                source.connected(),
                progress(source),
                null,
                ShownTarget.of(task));
        return new Observation(
                lookedAt,
                true,
                task == null ? null : task.id(),
                task == null ? TaskState.ABSENT : task.taskState(),
                source.copyState(),
                source.cycle(),
                seen,
                null,
                task,
                TargetComparison.NONE);
    }

    /**
     * The same, with the task compared with the target that the row demands; {@code current_task} of the list of sources costs no
     * call. Another task of the source tells nothing of where the row's task leads: it is left out.
     *
     * @param rowTask id of the row's task, null when it has none
     */
    Observation against(@Nullable String rowTask, Function<CurrentTask, TargetComparison> comparing) {
        if (current == null) {
            return this;
        }
        boolean its = rowTask != null && rowTask.equals(current.id());
        return its
                ? compared(seen, current, comparing.apply(current))
                : compared(seen.withTarget(null), null, TargetComparison.NONE);
    }

    private Observation compared(ObservedState told, @Nullable CurrentTask shown, TargetComparison found) {
        return new Observation(lookedAt, listed, taskId, task, copy, cycle, told, error, shown, found);
    }

    /** The same source with what its task says itself (ShowTask). */
    Observation with(MigrationTask shown) {
        var told = new ObservedState(
                shown.state(),
                seen.copyState(),
                seen.migrationCycle(),
                seen.connected(),
                seen.progress(),
                seen.changedAt(),
                seen.target());
        return new Observation(
                lookedAt,
                listed,
                shown.id(),
                shown.taskState(),
                copy,
                cycle,
                told,
                Optional.ofNullable(shown.taskError()),
                current,
                target);
    }

    /** Why its task failed, as it told when it was asked. */
    public Failure failure() {
        var told = Objects.requireNonNull(error);
        var code = told.isEmpty() ? null : told.get().code();
        var known = ErrorCatalogue.explain(code, 0);
        var text = "%s%s%s"
                .formatted(
                        seen.taskState(),
                        code == null ? "" : " with " + code,
                        told.isEmpty() ? ", no reason given" : ": " + told.get().text());
        return new Failure(code, text, known.errorClass().name(), known.action(), null);
    }

    /** The same with the reason of its task that was told before. */
    Observation with(Optional<TaskError> known) {
        return new Observation(lookedAt, listed, taskId, task, copy, cycle, seen, known, current, target);
    }

    /** Whether SMS paused the task because the copy was faster than its limit again and again (error list, SMS.9007). */
    boolean overSpeed() {
        return error != null
                && error.map(TaskError::code)
                        .filter(code -> ErrorCatalogue.same(code, "SMS.9007"))
                        .isPresent();
    }

    @Override
    public boolean showsFailure() {
        return situation() == MigrationPhase.FAILED;
    }

    /** What the states mean together. */
    MigrationPhase situation() {
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
