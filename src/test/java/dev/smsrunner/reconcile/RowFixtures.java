package dev.smsrunner.reconcile;

import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.jobfile.CutoverWindows;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerRowBuilder;
import dev.smsrunner.ledger.Milestones;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RequestedCutover;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.sms.CopyState;
import dev.smsrunner.sms.CurrentTask;
import dev.smsrunner.sms.MigrationCycle;
import dev.smsrunner.sms.TaskState;
import dev.smsrunner.target.TargetComparison;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Rows, observations and policies for tests of the reconcile loop. */
public final class RowFixtures {

    public static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");
    public static final Duration GRACE = Duration.ofSeconds(15);
    public static final Duration SETTLE = Duration.ofSeconds(10);
    public static final Duration STALLED = Duration.ofMinutes(30);
    public static final String TASK = "task-1";

    private RowFixtures() {}

    public static LedgerRow row(Stage stage) {
        return row(1, "wave-1", 1, stage);
    }

    public static LedgerRow row(int number, String wave, int priority, Stage stage) {
        return new LedgerRow(
                "run",
                number,
                number + 1,
                "server-" + number,
                wave,
                priority,
                List.of(),
                RequestedCutover.NONE,
                "source-" + number,
                stage,
                stage == Stage.CLOSED ? Outcome.MIGRATED : null,
                null,
                stage == Stage.PLANNED ? null : TASK,
                ObservedState.NOTHING,
                null,
                0,
                0,
                null,
                null,
                new Milestones(NOW, null, null, null, null),
                null,
                null);
    }

    /** The row with everything a decision depends on. */
    public static LedgerRow row(
            Stage stage, @Nullable RowCall call, int attempts, @Nullable Instant nextAt, ObservedState observed) {
        var row = row(stage);
        return LedgerRowBuilder.builder(row)
                .stage(stage)
                .reason(null)
                .observed(observed)
                .attempts(attempts)
                .nextAt(nextAt)
                .call(call)
                .build();
    }

    public static LedgerRow dependingOn(LedgerRow row, String... names) {
        return planned(row, row.serverName(), List.of(names));
    }

    public static LedgerRow named(LedgerRow row, String name) {
        return planned(row, name, row.dependsOn());
    }

    private static LedgerRow planned(LedgerRow row, String name, List<String> dependsOn) {
        return LedgerRowBuilder.builder(row)
                .serverName(name)
                .dependsOn(dependsOn)
                .build();
    }

    public static Observation seeing(String task, String copy, String cycle) {
        return seeing(task, copy, cycle, true);
    }

    public static Observation seeing(String task, String copy, String cycle, @Nullable Boolean connected) {
        var state = TaskState.of(task);
        return new Observation(
                NOW,
                true,
                state == TaskState.ABSENT ? null : TASK,
                state,
                CopyState.of(copy),
                MigrationCycle.of(cycle),
                new ObservedState(task.isEmpty() ? null : task, copy, cycle, connected, null, null, null),
                null,
                null,
                TargetComparison.NONE);
    }

    public static Observation with(Observation observed, @Nullable Optional<dev.smsrunner.sms.TaskError> error) {
        return ObservationBuilder.builder(observed).error(error).build();
    }

    public static ObservedState unchangedFor(Observation observed, Duration time) {
        var said = observed.states();
        return new ObservedState(
                said.taskState(),
                said.copyState(),
                said.migrationCycle(),
                said.connected(),
                null,
                NOW.minus(time),
                null);
    }

    public static DecisionPolicy policy(CutoverSettings.LaunchMode when, CutoverSettings.@Nullable Window window) {
        return new DecisionPolicy(
                when,
                CutoverWindows.of(window),
                2,
                STALLED,
                null,
                GRACE,
                SETTLE,
                CutoverSettings.OnDifference.WARN,
                Duration.ofMinutes(5));
    }

    public static DecisionPolicy policy() {
        return policy(CutoverSettings.LaunchMode.SYNCED, null);
    }

    /** A window of two hours with ten minutes of lockout, relative to {@link #NOW}. */
    public static CutoverSettings.Window window(String where) {
        var open = switch (where) {
            case "before" -> NOW.plusSeconds(1);
            case "in" -> NOW;
            case "after" -> NOW.minus(Duration.ofMinutes(110));
            default -> throw new IllegalArgumentException(where);
        };
        return new CutoverSettings.Window(open, open.plus(Duration.ofHours(2)), Duration.ofMinutes(10), ZoneOffset.UTC);
    }

    public static Failure failure(String text) {
        return new Failure("SMS.0210", text, "TRANSIENT", "Start the task again.", null);
    }

    public static CurrentTask currentTask(String id, String state) {
        return new CurrentTask(id, id, state, null, null, null, null, null, null, null, null);
    }
}
