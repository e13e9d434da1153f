package dev.smsrunner.ledger;

import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the service said of a row's server when we last looked, in its own words.
 *
 * @param taskState {@code current_task.state}, null when there was no task
 * @param copyState {@code state} of the source server
 * @param migrationCycle {@code migration_cycle} of the source server
 * @param connected whether the agent was connected, null when unsaid
 * @param progress bytes copied and subtask, as text to show, never to decide from
 * @param changedAt when any of these last changed
 */
public record Seen(
        @Nullable String taskState,
        @Nullable String copyState,
        @Nullable String migrationCycle,
        @Nullable Boolean connected,
        @Nullable String progress,
        @Nullable Instant changedAt) {

    /** Nothing seen yet. */
    public static final Seen NOTHING = new Seen(null, null, null, null, null, null);

    /** The same, as if it had been like this only since then. */
    public Seen since(Instant when) {
        return new Seen(taskState, copyState, migrationCycle, connected, progress, when);
    }

    /** Whether the states (not the progress) are the same. */
    public boolean sameStates(Seen other) {
        return Objects.equals(taskState, other.taskState)
                && Objects.equals(copyState, other.copyState)
                && Objects.equals(migrationCycle, other.migrationCycle)
                && Objects.equals(connected, other.connected);
    }

    /** Whether anything at all is different, apart from when it was seen. */
    public boolean same(Seen other) {
        return sameStates(other) && Objects.equals(progress, other.progress);
    }

    /** The states as one short text, for messages and events. */
    public String text() {
        return "task %s, copy state %s, cycle %s%s"
                .formatted(
                        said(taskState),
                        said(copyState),
                        said(migrationCycle),
                        Boolean.FALSE.equals(connected) ? ", disconnected" : "");
    }

    private static String said(@Nullable String text) {
        return text == null || text.isBlank() ? "none" : text;
    }
}
