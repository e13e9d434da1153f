package dev.smsrunner.job.migrate;

import static dev.smsrunner.reconcile.RowFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.reconcile.Observation;
import dev.smsrunner.reconcile.ObservationBuilder;
import dev.smsrunner.reconcile.RowFixtures;
import java.time.Duration;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Resolution of a call with a lost answer, before and after its grace. */
class LostCallResolverTests {

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            START  | READY           | waiting    | setting     | UNKNOWN | ABSENT
            START  | ABORT           | stopped    | replicating | UNKNOWN | ABSENT
            START  | RUNNING         | replicate  | replicating | SEEN    | SEEN
            START  | SYNCING         | syncing    | syncing     | SEEN    | SEEN
            START  | MIGRATE_SUCCESS | finished   | cutovered   | SEEN    | SEEN
            START  | MIGRATE_FAIL    | error      | replicating | SEEN    | SEEN
            START  | ABORTING        | stopping   | replicating | SEEN    | SEEN
            START  | CUTOVER_READY   | syncing    | syncing     | UNKNOWN | UNKNOWN
            START  | -               | waiting    | checking    | UNKNOWN | UNKNOWN
            LAUNCH | SYNCING         | syncing    | syncing     | UNKNOWN | ABSENT
            LAUNCH | MIGRATE_SUCCESS | syncing    | syncing     | UNKNOWN | ABSENT
            LAUNCH | SYNCING         | cutovering | cutovering  | SEEN    | SEEN
            LAUNCH | SYNC_SUCCESS    | finished   | cutovered   | SEEN    | SEEN
            LAUNCH | SYNC_FAIL       | error      | syncing     | SEEN    | SEEN
            LAUNCH | SYNCING         | cloning    | syncing     | UNKNOWN | UNKNOWN
            LAUNCH | RUNNING         | flying     | replicating | UNKNOWN | UNKNOWN
            UPDATE | READY           | waiting    | setting     | UNKNOWN | ABSENT
            CREATE | READY           | waiting    | setting     | UNKNOWN | UNKNOWN
            CREATE | -               | waiting    | checking    | UNKNOWN | UNKNOWN
            """)
    void resolvesCall(
            Operation operation, String task, String copy, String cycle, CallState withinGrace, CallState afterGrace) {
        var observed = RowFixtures.seeing(task == null ? "" : task, copy, cycle);

        assertThat(settled(operation, CallState.UNKNOWN, Duration.ofSeconds(14), ObservedState.NOTHING, observed))
                .isEqualTo(withinGrace);
        assertThat(settled(operation, CallState.UNKNOWN, Duration.ofSeconds(15), ObservedState.NOTHING, observed))
                .isEqualTo(afterGrace);
    }

    @Test
    void failureFromBeforeStartProvesNothing() {
        var observed = RowFixtures.seeing("MIGRATE_FAIL", "error", "replicating");
        var before = observed.states();

        assertThat(settled(Operation.START, CallState.UNKNOWN, Duration.ofSeconds(1), before, observed))
                .isEqualTo(CallState.UNKNOWN);
        assertThat(settled(Operation.START, CallState.UNKNOWN, Duration.ofMinutes(1), before, observed))
                .isEqualTo(CallState.ABSENT);
    }

    @ParameterizedTest
    @CsvSource({
        "MIGRATE_FAIL, error, 7 of 9 bytes, UNKNOWN",
        "MIGRATE_FAIL, error, 8 of 9 bytes, SEEN",
        "MIGRATE_FAIL, initialize, 7 of 9 bytes, SEEN",
        "SYNC_FAIL, error, 7 of 9 bytes, SEEN"
    })
    void changedFailureProvesLostRestart(String task, String copy, String progress, CallState known) {
        var before = new ObservedState("MIGRATE_FAIL", "error", "replicating", true, "7 of 9 bytes", NOW, null);
        var observation = RowFixtures.seeing(task, copy, "replicating");
        var observed = ObservationBuilder.builder(observation)
                .states(new ObservedState(task, copy, "replicating", false, progress, null, null))
                .build();

        assertThat(settled(Operation.START, CallState.UNKNOWN, Duration.ofSeconds(1), before, observed))
                .isEqualTo(known);
    }

    @Test
    void missingSourceProvesNothing() {
        assertThat(settled(
                        Operation.START,
                        CallState.UNKNOWN,
                        Duration.ofHours(1),
                        ObservedState.NOTHING,
                        Observation.absent(NOW)))
                .isEqualTo(CallState.UNKNOWN);
    }

    @ParameterizedTest
    @EnumSource(CallState.class)
    void resolvedCallStaysResolved(CallState state) {
        if (state.isUndecided()) {
            return;
        }
        for (var operation : EnumSet.allOf(Operation.class)) {
            var observed = RowFixtures.seeing("RUNNING", "replicate", "replicating");
            assertThat(settled(operation, state, Duration.ofHours(1), ObservedState.NOTHING, observed))
                    .isEqualTo(state);
        }
    }

    @Test
    void rowWithoutCallIsResolved() {
        var observed = RowFixtures.seeing("READY", "waiting", "setting");

        assertThat(LostCallResolver.resolve(RowFixtures.row(Stage.TASK_READY), observed, RowFixtures.policy())
                        .isUndecided())
                .isFalse();
    }

    private static CallState settled(
            Operation operation, CallState state, Duration ago, ObservedState before, Observation observed) {
        var call = new RowCall(operation, state, 1, NOW.minus(ago));
        return LostCallResolver.resolve(
                RowFixtures.row(Stage.TASK_READY, call, 0, null, before), observed, RowFixtures.policy());
    }
}
