package dev.smsrunner.job.delete;

import dev.smsrunner.ledger.AttentionCause;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.sms.CopyState;
import dev.smsrunner.sms.TaskState;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** States in which a task or a source is never deleted; pure. Stricter than SMS, which allows any task of a disconnected agent. */
final class DeletionRule {

    /** Task states of a migration under way. */
    private static final Set<TaskState> UNDER_WAY =
            EnumSet.of(TaskState.RUNNING, TaskState.SYNCING, TaskState.SKIPPING);

    /** Task states from which a deletion is safe. */
    private static final Set<TaskState> DELETABLE_TASKS = EnumSet.of(
            TaskState.READY,
            TaskState.MIGRATE_SUCCESS,
            TaskState.SYNC_SUCCESS,
            TaskState.MIGRATE_FAIL,
            TaskState.SYNC_FAIL,
            TaskState.SYNC_F_ROLLBACK_SUCCESS,
            TaskState.ABORT);

    /**
     * States in which SMS refuses to delete the task of a connected source (DeleteTasks, pages of 2026-01-06 and 2026-01-27). The
     * page of DeleteServers states none; the same states are used.
     */
    private static final Set<CopyState> REFUSED_SOURCES = EnumSet.of(
            CopyState.INITIALIZE,
            CopyState.STOPPING,
            CopyState.DELETING,
            CopyState.CLONING,
            CopyState.REPLICATE,
            CopyState.SYNCING,
            CopyState.CUTOVERING,
            CopyState.SKIPPING,
            CopyState.CLEARING,
            CopyState.PREMIGING);

    /** States of a source that copies, synchronises or is launched: never deleted, even when its agent is disconnected. */
    private static final Set<CopyState> ACTIVE_SOURCES =
            EnumSet.of(CopyState.REPLICATE, CopyState.SYNCING, CopyState.CUTOVERING);

    private DeletionRule() {}

    /**
     * Obstacle to a deletion.
     *
     * @param text the state, for messages
     * @param migrating whether the task copies or synchronises; otherwise the state passes by itself or is unknown
     */
    record Obstacle(String text, boolean migrating) {}

    /**
     * Obstacle to the deletion of a task.
     *
     * @param taskId id of the task
     * @param shown states of the task and its source
     * @param sourceShown whether the service shows the source
     */
    static Optional<Obstacle> ofTask(String taskId, ObservedState shown, boolean sourceShown) {
        var state = TaskState.of(shown.taskState());
        if (UNDER_WAY.contains(state)) {
            return obstacle("the task %s is %s".formatted(taskId, shown.taskState()), true);
        }
        if (state == TaskState.UNKNOWN) {
            return obstacle(AttentionCause.UNKNOWN_STATE.text(shown.text()), false);
        }
        if (!DELETABLE_TASKS.contains(state)) {
            return obstacle("the task %s is %s".formatted(taskId, display(shown.taskState())), false);
        }
        return sourceShown ? ofSource(shown) : Optional.empty();
    }

    /** Obstacle to the deletion of a source, or of its task. */
    static Optional<Obstacle> ofSource(ObservedState shown) {
        var state = CopyState.of(shown.copyState());
        if (state == CopyState.UNKNOWN || state == CopyState.ABSENT) {
            return obstacle(AttentionCause.UNKNOWN_STATE.text(shown.text()), false);
        }
        boolean connected = !Boolean.FALSE.equals(shown.connected());
        return ACTIVE_SOURCES.contains(state) || connected && REFUSED_SOURCES.contains(state)
                ? obstacle("the source is %s".formatted(display(shown.copyState())), false)
                : Optional.empty();
    }

    private static Optional<Obstacle> obstacle(String text, boolean migrating) {
        return Optional.of(new Obstacle(text, migrating));
    }

    private static String display(@Nullable String state) {
        return state == null || state.isBlank()
                ? "in no state that SMS shows"
                : state.strip().toUpperCase(Locale.ROOT);
    }
}
