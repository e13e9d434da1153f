package dev.smsrunner.job.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.jobfile.CutoverWindows;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Event;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.Observation;
import dev.smsrunner.sms.SourceServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

/** Accepted operations are judged by changes after the call. */
class ActionDecisionTests {

    private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");
    private static final JsonMapper JSON = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .build();
    private static final DecisionPolicy POLICY = new DecisionPolicy(
            CutoverSettings.LaunchMode.MANUAL,
            CutoverWindows.NONE,
            0,
            Duration.ofMinutes(30),
            null,
            Duration.ofSeconds(15),
            Duration.ofSeconds(1),
            CutoverSettings.OnDifference.WARN,
            Duration.ofMinutes(5));

    private final ActionDecision decision = new ActionDecision(POLICY);

    @ParameterizedTest
    @CsvSource({
        "start, READY, waiting, setting, 299, Wait",
        "start, READY, waiting, setting, 300, FAILED",
        "start, ABORT, stopped, replicating, 299, Wait",
        "restart, SYNC_SUCCESS, finished, cutovered, 299, Wait",
        "restart, SYNC_SUCCESS, finished, cutovered, 300, FAILED",
        "clear, MIGRATE_SUCCESS, clearfailed, cutovered, 299, Wait",
        "clear, MIGRATE_SUCCESS, clearfailed, cutovered, 300, FAILED",
        "skip, SYNCING, syncing, syncing, 299, Wait",
        "skip, SYNCING, syncing, syncing, 300, DONE",
        "stop, ABORT, stopped, replicating, 2, DONE",
        "collect_log, RUNNING, replicate, replicating, 2, DONE"
    })
    void unchangedStateIsNoResultForFiveMinutes(
            String operation, String task, String copy, String cycle, int seconds, String expected) {
        assertThat(decision(operation, task, copy, cycle, false, seconds)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "restart, SYNC_SUCCESS, finished, cutovered, DONE",
        "clear, MIGRATE_SUCCESS, clearfailed, cutovered, FAILED",
        "skip, SYNCING, syncing, syncing, DONE"
    })
    void sameStateCountsAfterAnotherPhase(String operation, String task, String copy, String cycle, String expected) {
        assertThat(decision(operation, task, copy, cycle, true, 20)).isEqualTo(expected);
    }

    @Test
    void eventsRestoreChangedRowsAfterRestart() {
        var movements = new PhaseChanges(List.of(
                state(
                        1,
                        "task READY, copy state waiting, cycle setting",
                        "task RUNNING, copy state replicate, cycle replicating"),
                sent(1),
                sent(2),
                state(
                        2,
                        "task SYNCING, copy state syncing, cycle syncing",
                        "task SYNCING, copy state cloning, cycle syncing"),
                sent(3),
                state(
                        3,
                        "task SYNCING, copy state syncing, cycle syncing",
                        "task SYNCING, copy state syncing, cycle syncing, disconnected")));

        assertThat(List.of(1, 2, 3))
                .map(number -> movements.hasChangedSinceCall(row(number)))
                .containsExactly(false, true, false);
    }

    @Test
    void changedPhaseIsRememberedUntilNextCall() {
        var movements = new PhaseChanges(List.of());
        var row = row(1).withObserved(new ObservedState("SYNCING", "syncing", "syncing", true, null, NOW, null));

        movements.recordObservation(row, seeing("SYNCING", "syncing", "syncing"));
        assertThat(movements.hasChangedSinceCall(row)).isFalse();
        movements.recordObservation(row, seeing("SYNCING", "cloning", "syncing"));
        movements.recordObservation(row, seeing("SYNCING", "syncing", "syncing"));
        assertThat(movements.hasChangedSinceCall(row)).isTrue();
        movements.recordSend(row);
        assertThat(movements.hasChangedSinceCall(row)).isFalse();
    }

    private String decision(String operation, String task, String copy, String cycle, boolean moved, int seconds) {
        var row = row(1).withCall(new RowCall(Operation.ACTION, CallState.DONE, 1, NOW.minusSeconds(seconds)));
        var result = decision.decide(ActionRule.of(operation), row, seeing(task, copy, cycle), moved, NOW);
        return result instanceof Decision.Finish finish
                ? finish.outcome().name()
                : result.getClass().getSimpleName();
    }

    private static Observation seeing(String task, String copy, String cycle) {
        var source = JSON.readValue(
                "{\"id\":\"s-1\",\"state\":\"%s\",\"migration_cycle\":\"%s\",\"connected\":true,\"current_task\":{\"id\":\"t-1\",\"state\":\"%s\"}}"
                        .formatted(copy, cycle, task),
                SourceServer.class);
        return Observation.of(source, NOW);
    }

    private static LedgerRow row(int number) {
        return LedgerRow.planned("run", number, number + 1, "server", "", 1, List.of(), NOW)
                .withSource("s-1", "t-1")
                .withCall(new RowCall(Operation.ACTION, CallState.DONE, 1, NOW));
    }

    private static Event state(int row, String from, String to) {
        return new Event(1, NOW, 1, row, EventKind.STATE, from, to, null, null);
    }

    private static Event sent(int row) {
        return new Event(1, NOW, 1, row, EventKind.CALL, "ACTION", "OPEN", "attempt 1", null);
    }
}
