package dev.smsrunner.reconcile;

import static dev.smsrunner.reconcile.RowFixtures.NOW;
import static dev.smsrunner.reconcile.RowFixtures.seeing;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.job.migrate.MigrateDecider;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.ledger.Stage;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Ledger writes of observations and decisions. */
class RowUpdateTests {

    private static final Observation COPYING = seeing("RUNNING", "replicate", "replicating");

    @Test
    void unchangedRowNeedsNoWrite() {
        var before = RowFixtures.row(Stage.REPLICATING)
                .withObserved(RowFixtures.unchangedFor(COPYING, Duration.ofMinutes(1)));
        var applied = new RowUpdate(before, NOW);

        applied.applyObservation(COPYING);
        applied.applyWait(new Decision.Wait(Stage.REPLICATING, null));

        assertThat(applied.toWrite()).isNull();
        assertThat(applied.row()).isEqualTo(before);
    }

    @Test
    void changedStateIsWrittenWithOldAndNew() {
        var applied = new RowUpdate(RowFixtures.row(Stage.STARTED), NOW);

        applied.applyObservation(COPYING);
        applied.applyWait(new Decision.Wait(Stage.REPLICATING, null));

        assertThat(applied.row().stage()).isEqualTo(Stage.REPLICATING);
        assertThat(applied.row().observed().changedAt()).isEqualTo(NOW);
        assertThat(events(applied.toWrite()))
                .isEqualTo("STATE task none, copy state none, cycle none -> task RUNNING, copy state replicate,"
                        + " cycle replicating; STAGE STARTED -> REPLICATING");
    }

    @Test
    void progressUpdatesChangeTimeWithoutWrite() {
        var before = RowFixtures.row(Stage.REPLICATING)
                .withObserved(RowFixtures.unchangedFor(COPYING, Duration.ofMinutes(5)));
        var further = ObservationBuilder.builder(COPYING)
                .states(new ObservedState("RUNNING", "replicate", "replicating", true, "7 of 9 bytes", null, null))
                .build();
        var applied = new RowUpdate(before, NOW);

        applied.applyObservation(further);

        assertThat(applied.row().observed().changedAt()).isEqualTo(NOW);
        assertThat(applied.toWrite()).isNull();
    }

    @Test
    void lostRestartCountsWithoutEvidence() {
        var failing = RowFixtures.unchangedFor(
                RowFixtures.seeing("MIGRATE_FAIL", "error", "replicating"), Duration.ofMinutes(5));
        var call = new RowCall(Operation.START, CallState.UNKNOWN, 2, NOW.minusSeconds(60));

        var restart = new RowUpdate(RowFixtures.row(Stage.REPLICATING, call, 1, NOW.minusSeconds(90), failing), NOW);
        restart.applyCallState(CallState.ABSENT);
        assertThat(restart.row().attempts()).isEqualTo(2);
        assertThat(restart.row().nextAt()).as("the failure is judged again").isNull();

        var first = new RowUpdate(RowFixtures.row(Stage.TASK_READY, call, 0, null, failing), NOW);
        first.applyCallState(CallState.ABSENT);
        assertThat(first.row().attempts())
                .as("it was never started by this run")
                .isZero();
    }

    @Test
    void unlistedSourceKeepsStates() {
        var before = RowFixtures.row(Stage.REPLICATING)
                .withObserved(RowFixtures.unchangedFor(COPYING, Duration.ofMinutes(5)));
        var applied = new RowUpdate(before, NOW);

        applied.applyObservation(Observation.absent(NOW));

        assertThat(applied.row()).isEqualTo(before);
    }

    @Test
    void observationNeverMovesStageBack() {
        var applied = new RowUpdate(RowFixtures.row(Stage.SYNCING), NOW);

        applied.applyWait(new Decision.Wait(Stage.REPLICATING, null));

        assertThat(applied.row().stage()).isEqualTo(Stage.SYNCING);
        assertThat(applied.toWrite()).isNull();
    }

    @Test
    void attentionChangesWriteEvents() {
        var applied = new RowUpdate(RowFixtures.row(Stage.SYNCING), NOW);

        applied.applyWait(new Decision.Wait(Stage.SYNCING, "the agent is disconnected"));
        applied.applyWait(new Decision.Wait(Stage.SYNCING, "the agent is disconnected"));
        applied.applyWait(new Decision.Wait(Stage.SYNCING, null));

        assertThat(applied.row().attention()).isNull();
        assertThat(events(applied.toWrite()))
                .isEqualTo("ATTENTION null -> the agent is disconnected; ATTENTION the agent is disconnected -> null");
    }

    @Test
    void lostStartFoundExecutedCountsAsStart() {
        var applied = new RowUpdate(withCall(Stage.TASK_READY, Operation.START, CallState.UNKNOWN), NOW);

        applied.applyCallState(CallState.SEEN);

        assertThat(applied.row().stage()).isEqualTo(Stage.STARTED);
        assertThat(applied.row().attempts()).isEqualTo(1);
        assertThat(applied.row().milestones().startedAt()).isEqualTo(NOW);
        assertThat(applied.toWrite()).isNotNull();
        assertThat(applied.toWrite().intent()).isNotNull();
        assertThat(applied.toWrite().intent().state()).isEqualTo(CallState.SEEN);
    }

    @Test
    void lostLaunchFoundExecutedIsLaunch() {
        var applied = new RowUpdate(withCall(Stage.SYNCING, Operation.LAUNCH, CallState.OPEN), NOW);

        applied.applyCallState(CallState.SEEN);

        assertThat(applied.row().stage()).isEqualTo(Stage.LAUNCHING);
        assertThat(applied.row().milestones().launchedAt()).isEqualTo(NOW);
    }

    @Test
    void callFoundAbsentKeepsStage() {
        var applied = new RowUpdate(withCall(Stage.TASK_READY, Operation.START, CallState.UNKNOWN), NOW);

        applied.applyCallState(CallState.ABSENT);

        assertThat(applied.row().stage()).isEqualTo(Stage.TASK_READY);
        assertThat(applied.row().attempts()).isZero();
        assertThat(applied.toWrite().intent().state()).isEqualTo(CallState.ABSENT);
    }

    @Test
    void unresolvedCallIsNotWritten() {
        var applied = new RowUpdate(withCall(Stage.TASK_READY, Operation.START, CallState.UNKNOWN), NOW);

        applied.applyCallState(CallState.UNKNOWN);

        assertThat(applied.toWrite()).isNull();
    }

    @Test
    void newFailureClearsEarlierDelay() {
        var observed = seeing("SYNCING", "syncing", "syncing");
        var failed = seeing("SYNC_FAIL", "error", "syncing");
        var refused = new RowCall(Operation.LAUNCH, CallState.REFUSED, 2, NOW.minusSeconds(60));
        var applied = new RowUpdate(
                RowFixtures.row(
                        Stage.SYNCING,
                        refused,
                        1,
                        NOW.minusSeconds(1),
                        RowFixtures.unchangedFor(observed, Duration.ofMinutes(1))),
                NOW);

        applied.applyObservation(failed);

        assertThat(applied.row().nextAt()).isNull();
        assertThat(MigrateDecider.decide(applied.row(), failed, RowFixtures.policy(), NOW))
                .isEqualTo(new Decision.Inspect());
    }

    @Test
    void knownFailureKeepsPlannedRestart() {
        var failed = seeing("MIGRATE_FAIL", "error", "replicating");
        var restart = NOW.plusSeconds(30);
        var applied = new RowUpdate(
                RowFixtures.row(
                        Stage.REPLICATING, null, 1, restart, RowFixtures.unchangedFor(failed, Duration.ofMinutes(1))),
                NOW);

        applied.applyObservation(failed);

        assertThat(applied.row().nextAt()).isEqualTo(restart);
    }

    @Test
    void restartEventHasItsTime() {
        var applied = new RowUpdate(RowFixtures.row(Stage.REPLICATING, null, 1, null, ObservedState.NOTHING), NOW);

        applied.applyRestart(
                new Decision.RestartLater(RowFixtures.failure("broken")),
                CallFailurePolicy.backoff(Duration.ofSeconds(30), new Random(5)),
                2);

        assertThat(applied.row().nextAt()).isBetween(NOW.plusMillis(22_500), NOW.plusMillis(37_500));
        assertThat(applied.row().reason()).isEqualTo("broken; restart 1 of 2");
        assertThat(applied.row().stage()).isEqualTo(Stage.REPLICATING);
        assertThat(events(applied.toWrite())).contains("STAGE REPLICATING -> REPLICATING");
    }

    @Test
    void migratedRowPassesLaunching() {
        var applied = new RowUpdate(RowFixtures.row(Stage.REPLICATING), NOW);

        applied.applyFinish(new Decision.Finish(Outcome.MIGRATED, null, null));

        assertThat(applied.row().stage()).isEqualTo(Stage.CLOSED);
        assertThat(applied.row().outcome()).isEqualTo(Outcome.MIGRATED);
        assertThat(applied.row().milestones().launchedAt()).isEqualTo(NOW);
        assertThat(applied.row().milestones().finishedAt()).isEqualTo(NOW);
        assertThat(events(applied.toWrite()))
                .isEqualTo("STAGE REPLICATING -> LAUNCHING; STAGE LAUNCHING -> CLOSED (MIGRATED)");
    }

    @Test
    void attentionOutlivesTheEnd() {
        var applied = new RowUpdate(RowFixtures.row(Stage.REPLICATING), NOW);

        applied.applyFinish(new Decision.Finish(Outcome.MIGRATED, "form; launched before", null, "launched before"));

        assertThat(applied.row().attention()).isEqualTo("launched before");
        assertThat(applied.row().reason()).isEqualTo("form; launched before");
        assertThat(events(applied.toWrite())).endsWith("ATTENTION null -> launched before");
    }

    @Test
    void failedRowKeepsItsCause() {
        var applied = new RowUpdate(RowFixtures.row(Stage.REPLICATING), NOW);
        var failure = RowFixtures.failure("broken");

        applied.applyFinish(new Decision.Finish(Outcome.FAILED, "broken", failure));

        assertThat(applied.row().failure()).isEqualTo(failure);
        assertThat(applied.row().reason()).isEqualTo("broken");
        assertThat(applied.row().milestones().launchedAt()).isNull();
        assertThat(events(applied.toWrite())).isEqualTo("STAGE REPLICATING -> CLOSED (FAILED: broken)");
    }

    private static dev.smsrunner.ledger.LedgerRow withCall(Stage stage, Operation operation, CallState state) {
        return RowFixtures.row(
                stage, new RowCall(operation, state, 1, NOW.minusSeconds(60)), 0, null, ObservedState.NOTHING);
    }

    private static String events(LedgerWrite write) {
        assertThat(write).isNotNull();
        var text = new StringBuilder();
        for (var event : write.events()) {
            text.append(text.isEmpty() ? "" : "; ")
                    .append(event.kind())
                    .append(' ')
                    .append(event.before())
                    .append(" -> ")
                    .append(event.after())
                    .append("CLOSED".equals(event.after()) ? " (" + event.detail() + ")" : "");
        }
        return text.toString();
    }
}
