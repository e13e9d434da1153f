package dev.smsrunner.ledger;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Latest observed states of a row's server, as the service shows them.
 *
 * @param taskState {@code current_task.state}, null when there was no task
 * @param copyState {@code state} of the source server
 * @param migrationCycle {@code migration_cycle} of the source server
 * @param connected whether the agent was connected, null when not shown
 * @param progress copied bytes and subtask as text, for display only
 * @param changedAt time of the latest change of these values
 * @param target target of the task, null when it was never shown; its change alone is no progress
 */
@RecordBuilder
public record ObservedState(
        @Nullable String taskState,
        @Nullable String copyState,
        @Nullable String migrationCycle,
        @Nullable Boolean connected,
        @Nullable String progress,
        @Nullable Instant changedAt,
        @Nullable ActualTarget target) {

    private static final Pattern BYTES = Pattern.compile("(\\d{1,18}) of (\\d{1,18}) bytes");
    private static final Set<String> FAILURES = Set.of("MIGRATE_FAIL", "SYNC_FAIL", "FAIL", "SYNC_F_ROLLBACK_SUCCESS");
    private static final Set<String> IN_SYNC = Set.of("SYNCING");
    private static final Set<String> UNDER_WAY = Set.of("RUNNING", "SYNCING");

    /** No observation yet. */
    public static final ObservedState NOTHING = ObservedStateBuilder.builder().build();

    /** Sets the time of the latest change. */
    public ObservedState withChangedAt(Instant when) {
        return ObservedStateBuilder.builder(this).changedAt(when).build();
    }

    /** Sets the target; null when it is unknown. */
    public ObservedState withTarget(@Nullable ActualTarget known) {
        return ObservedStateBuilder.builder(this).target(known).build();
    }

    /** Whether the states, without the progress, are equal. */
    public boolean hasSameStates(ObservedState other) {
        return Objects.equals(taskState, other.taskState)
                && Objects.equals(copyState, other.copyState)
                && Objects.equals(migrationCycle, other.migrationCycle)
                && Objects.equals(connected, other.connected);
    }

    /** Whether states and progress are equal. */
    public boolean isSame(ObservedState other) {
        return hasSameStates(other) && Objects.equals(progress, other.progress);
    }

    /**
     * Bytes of a copy.
     *
     * @param copied so far
     * @param total of the source, more than 0
     */
    public record Bytes(long copied, long total) {}

    /** Bytes of the copy, if the progress shows them; for display only. */
    public Optional<Bytes> bytes() {
        var matcher = BYTES.matcher(progress == null ? "" : progress);
        return matcher.lookingAt() && Long.parseLong(matcher.group(2)) > 0
                ? Optional.of(new Bytes(Long.parseLong(matcher.group(1)), Long.parseLong(matcher.group(2))))
                : Optional.empty();
    }

    /** Copied share of the bytes, 0 to 1, if the progress shows it; for display only. */
    public OptionalDouble share() {
        var bytes = bytes();
        return bytes.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        Math.min(1, bytes.get().copied() / (double) bytes.get().total()));
    }

    /** Adds the progress of a later observation with the same states. */
    public ObservedState withLaterProgress(ObservedState latest) {
        boolean later = changedAt == null || latest.changedAt != null && latest.changedAt.isAfter(changedAt);
        return later && hasSameStates(latest) && !Objects.equals(progress, latest.progress)
                ? ObservedStateBuilder.builder(this)
                        .progress(latest.progress)
                        .changedAt(latest.changedAt)
                        .target(latest.target == null ? target : latest.target)
                        .build()
                : this;
    }

    /** {@link #share()} in whole percent, rounded down; null when unknown. */
    public @Nullable Integer percent() {
        var share = share();
        return share.isEmpty() ? null : (int) Math.floor(share.getAsDouble() * 100);
    }

    /** Whether SMS shows the task as under way: {@code RUNNING} or {@code SYNCING}, in any letter case. */
    public boolean showsUnderWay() {
        return isOneOf(UNDER_WAY);
    }

    /** Whether the task is in sync: {@code SYNCING}, in any letter case. */
    public boolean showsSync() {
        return isOneOf(IN_SYNC);
    }

    /** Whether the task failed: {@code MIGRATE_FAIL}, {@code SYNC_FAIL} or {@code SYNC_F_ROLLBACK_SUCCESS}, in any letter case. */
    public boolean showsFailure() {
        return isOneOf(FAILURES);
    }

    private boolean isOneOf(Set<String> states) {
        return taskState != null
                && states.contains(taskState
                        .strip()
                        .toUpperCase(Locale.ROOT)
                        .replace('-', '_')
                        .replace(' ', '_'));
    }

    /** States as a short text for messages and events. */
    public String text() {
        return "task %s, copy state %s, cycle %s%s"
                .formatted(
                        orNone(taskState),
                        orNone(copyState),
                        orNone(migrationCycle),
                        Boolean.FALSE.equals(connected) ? ", disconnected" : "");
    }

    private static String orNone(@Nullable String text) {
        return text == null || text.isBlank() ? "none" : text;
    }
}
