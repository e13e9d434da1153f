package dev.smsrunner.job.delete;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.job.delete.DeleteObservation.Existence;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.jobfile.CutoverWindows;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.sms.CopyState;
import dev.smsrunner.sms.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Decisions before and after the deletion of a task and its source: one line each, then every combination. */
class DeleteDecisionTests {

    private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");
    private static final DecisionPolicy POLICY = new DecisionPolicy(
            CutoverSettings.LaunchMode.MANUAL,
            CutoverWindows.NONE,
            0,
            Duration.ofMinutes(30),
            null,
            Duration.ofSeconds(15),
            Duration.ofSeconds(10),
            CutoverSettings.OnDifference.WARN,
            Duration.ofMinutes(5));
    private static final Set<TaskState> DELETABLE = EnumSet.of(
            TaskState.READY,
            TaskState.MIGRATE_SUCCESS,
            TaskState.SYNC_SUCCESS,
            TaskState.MIGRATE_FAIL,
            TaskState.SYNC_FAIL,
            TaskState.SYNC_F_ROLLBACK_SUCCESS,
            TaskState.ABORT);
    private static final Set<CopyState> ACTIVE =
            EnumSet.of(CopyState.REPLICATE, CopyState.SYNCING, CopyState.CUTOVERING);
    private static final List<String> REFUSED = List.of(
            "initialize",
            "stopping",
            "deleting",
            "cloning",
            "replicate",
            "syncing",
            "cutovering",
            "skipping",
            "clearing",
            "premiging");

    private final DeleteDecision tasksOnly = new DeleteDecision(POLICY, false);
    private final DeleteDecision withSources = new DeleteDecision(POLICY, true);

    @ParameterizedTest
    @CsvSource({
        "READY, waiting, true, Send",
        "MIGRATE_SUCCESS, finished, true, Send",
        "SYNC_SUCCESS, cleared, true, Send",
        "MIGRATE_FAIL, error, true, Send",
        "SYNC_FAIL, error, true, Send",
        "SYNC_F_ROLLBACK_SUCCESS, error, true, Send",
        "ABORT, stopped, true, Send",
        "MIGRATE_SUCCESS, clearing, true, Wait the source is CLEARING",
        "MIGRATE_SUCCESS, clearing, false, Send",
        "MIGRATE_SUCCESS, replicate, true, Wait the source is REPLICATE",
        "MIGRATE_SUCCESS, replicate, false, Wait the source is REPLICATE",
        "MIGRATE_SUCCESS, syncing, true, Wait the source is SYNCING",
        "MIGRATE_SUCCESS, syncing, false, Wait the source is SYNCING",
        "MIGRATE_SUCCESS, cutovering, true, Wait the source is CUTOVERING",
        "MIGRATE_SUCCESS, cutovering, false, Wait the source is CUTOVERING",
        "ABORTING, stopping, true, Wait the task t-1 is ABORTING",
        "ABORTING, stopping, false, Wait the task t-1 is ABORTING",
        "RESETING, error, true, Wait the task t-1 is RESETING",
        "SYNC_F_ROLLBACKING, error, true, Wait the task t-1 is SYNC_F_ROLLBACKING",
        "DELETING, deleting, true, Wait",
        "RUNNING, replicate, true, FAILED",
        "RUNNING, replicate, false, FAILED",
        "SYNCING, syncing, true, FAILED",
        "SYNCING, cutovering, true, FAILED",
        "SKIPPING, skipping, true, FAILED",
        "flying, finished, true, Wait state not known",
        "READY, flying, true, Wait state not known",
        "'', finished, true, Wait the task t-1 is in no state that SMS shows"
    })
    void beforeTheDeletionOfTheTask(String task, String copy, boolean connected, String expected) {
        var observed = seeing(Existence.PRESENT, task, copy, connected);

        assertThat(text(tasksOnly.decide(row(null), observed, NOW))).startsWith(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "PRESENT, Send",
        "GONE, Send",
        "UNCONFIRMED, Wait the service does not show whether the source s-1 exists"
    })
    void theTaskIsKeptWhileItsSourceIsUnconfirmed(Existence source, String expected) {
        var observed = new DeleteObservation(
                NOW, Existence.PRESENT, source, null, states("MIGRATE_SUCCESS", "finished", true));

        assertThat(text(tasksOnly.decide(row(null), observed, NOW))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "PRESENT, DELETING, Wait",
        "PRESENT, MIGRATE_SUCCESS, Wait the deletion was accepted without effect: the task t-1 still exists",
        "UNCONFIRMED, '', Wait the service does not show whether its task exists",
        "GONE, '', DONE"
    })
    void afterTheDeletionOfTheTask(Existence task, String state, String expected) {
        var deleted = row(new RowCall(Operation.DELETE_TASK, CallState.DONE, 1, NOW.minusSeconds(11)));

        assertThat(text(tasksOnly.decide(deleted, seeing(task, state, "finished", true), NOW)))
                .startsWith(expected);
    }

    @Test
    void anAcceptedDeletionMayShowLate() {
        var deleted = row(new RowCall(Operation.DELETE_TASK, CallState.DONE, 1, NOW.minusSeconds(9)));

        assertThat(text(tasksOnly.decide(deleted, seeing(Existence.PRESENT, "READY", "waiting", true), NOW)))
                .isEqualTo("Wait");
    }

    @Test
    void aTaskThatAnotherUserRemovedIsNothingToDo() {
        assertThat(text(tasksOnly.decide(row(null), seeing(Existence.GONE, "", "waiting", true), NOW)))
                .isEqualTo("SKIPPED nothing to do: the task t-1 was removed by another user");
    }

    @ParameterizedTest
    @CsvSource({
        "PRESENT, waiting, true, Send",
        "PRESENT, finished, true, Send",
        "PRESENT, unavailable, true, Send",
        "PRESENT, deleting, true, Wait",
        "PRESENT, clearing, true, Wait the source is CLEARING",
        "PRESENT, clearing, false, Send",
        "PRESENT, replicate, false, Wait the source is REPLICATE",
        "PRESENT, syncing, false, Wait the source is SYNCING",
        "PRESENT, cutovering, false, Wait the source is CUTOVERING",
        "PRESENT, flying, true, Wait state not known",
        "UNCONFIRMED, '', true, Wait the service does not show whether the source s-1 exists",
        "GONE, '', true, DONE the task was deleted; the source server s-1 was removed by another user"
    })
    void afterTheDeletionOfTheTaskTheSourceFollows(Existence source, String copy, boolean connected, String expected) {
        var deleted = row(new RowCall(Operation.DELETE_TASK, CallState.DONE, 1, NOW.minusSeconds(30)));
        var observed = new DeleteObservation(NOW, Existence.GONE, source, null, states("", copy, connected));

        var decided = withSources.decide(deleted, observed, NOW);

        assertThat(text(decided)).startsWith(expected);
        assertThat(DeleteDecision.next(observed)).isEqualTo(Operation.DELETE_SOURCE);
    }

    @ParameterizedTest
    @EnumSource(
            value = CallState.class,
            names = {"REFUSED", "ABSENT", "NOT_SENT"})
    void aDeletedTaskCountsAfterAnUnsuccessfulDeletionOfTheSource(CallState state) {
        var started = row(new RowCall(Operation.DELETE_SOURCE, state, 2, NOW.minusSeconds(30)))
                .withStage(Stage.STARTED, NOW.minusSeconds(60));
        var observed = new DeleteObservation(NOW, Existence.GONE, Existence.GONE, null, states("", "", null));

        assertThat(text(withSources.decide(started, observed, NOW)))
                .isEqualTo("DONE the task was deleted; the source server s-1 was removed by another user");
    }

    @Test
    void aSourceWithAnotherTaskIsKept() {
        var observed =
                new DeleteObservation(NOW, Existence.GONE, Existence.PRESENT, "t-2", states("", "waiting", true));

        assertThat(text(withSources.decide(row(null), observed, NOW)))
                .isEqualTo("FAILED the source s-1 has the task t-2, which is not the task of the row;"
                        + " the source was not deleted");
    }

    @ParameterizedTest
    @CsvSource({
        "GONE, '', DONE",
        "PRESENT, deleting, Wait",
        "PRESENT, waiting, Wait the deletion was accepted without effect: the source s-1 still exists"
    })
    void afterTheDeletionOfTheSource(Existence source, String copy, String expected) {
        var deleted = row(new RowCall(Operation.DELETE_SOURCE, CallState.SEEN, 2, NOW.minusSeconds(11)));
        var observed = new DeleteObservation(NOW, Existence.GONE, source, null, states("", copy, true));

        assertThat(text(withSources.decide(deleted, observed, NOW))).startsWith(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "DELETE_TASK, GONE, '', waiting, 1, SEEN",
        "DELETE_TASK, PRESENT, DELETING, deleting, 1, SEEN",
        "DELETE_TASK, PRESENT, READY, waiting, 14, UNKNOWN",
        "DELETE_TASK, PRESENT, READY, waiting, 15, ABSENT",
        "DELETE_TASK, PRESENT, flying, waiting, 15, UNKNOWN",
        "DELETE_TASK, UNCONFIRMED, '', waiting, 15, UNKNOWN",
        "DELETE_SOURCE, GONE, '', deleting, 1, SEEN",
        "DELETE_SOURCE, GONE, '', waiting, 14, UNKNOWN",
        "DELETE_SOURCE, GONE, '', waiting, 15, ABSENT"
    })
    void aLostAnswerIsResolvedByTheObservation(
            Operation operation, Existence task, String state, String copy, int secondsAgo, CallState expected) {
        var lost = row(new RowCall(operation, CallState.UNKNOWN, 1, NOW.minusSeconds(secondsAgo)));
        var observed = seeing(task, state, copy, true);

        assertThat(withSources.callState(lost, observed, false)).isEqualTo(expected);
        assertThat(text(withSources.decide(lost, observed, NOW)))
                .startsWith("Wait the answer of the deletion was lost");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aRefusedBatchNeedsNoGrace(boolean answered) {
        var refused = row(new RowCall(Operation.DELETE_TASK, CallState.UNKNOWN, 1, NOW.minusSeconds(1)));

        assertThat(tasksOnly.callState(refused, seeing(Existence.PRESENT, "READY", "waiting", true), answered))
                .isEqualTo(answered ? CallState.ABSENT : CallState.UNKNOWN);
    }

    @Test
    void aPostponedRowWaits() {
        var later = row(null).notBefore(NOW.plusSeconds(1), "refused for now");
        var observed = seeing(Existence.PRESENT, "READY", "waiting", true);

        assertThat(text(tasksOnly.decide(later, observed, NOW))).isEqualTo("Wait");
        assertThat(text(tasksOnly.decide(later, observed, NOW.plusSeconds(1)))).isEqualTo("Send");
    }

    /** Every combination of states: what is sent, and what counts as done. */
    @Test
    void everyCombinationIsSafe() {
        var counts = new TreeMap<String, Integer>();
        for (var sources : List.of(false, true)) {
            for (var call : calls()) {
                for (var task : Existence.values()) {
                    for (var source : Existence.values()) {
                        for (var taskState : TaskState.values()) {
                            for (var copy : CopyState.values()) {
                                for (var connected : Arrays.asList(true, false, null)) {
                                    var shown = states(taskState.name(), copy.name(), connected);
                                    var observed = new DeleteObservation(NOW, task, source, null, shown);
                                    counts.merge(check(sources, row(call), observed), 1, Integer::sum);
                                }
                            }
                        }
                    }
                }
            }
        }

        assertThat(counts.keySet()).containsExactly("DONE", "FAILED", "SKIPPED", "Send", "Wait");
    }

    private static List<@Nullable RowCall> calls() {
        return Arrays.asList(
                null,
                new RowCall(Operation.DELETE_TASK, CallState.DONE, 1, NOW.minusSeconds(60)),
                new RowCall(Operation.DELETE_TASK, CallState.SEEN, 1, NOW.minusSeconds(60)),
                new RowCall(Operation.DELETE_TASK, CallState.UNKNOWN, 1, NOW.minusSeconds(60)),
                new RowCall(Operation.DELETE_TASK, CallState.OPEN, 1, NOW.minusSeconds(60)),
                new RowCall(Operation.DELETE_TASK, CallState.REFUSED, 1, NOW.minusSeconds(60)),
                new RowCall(Operation.DELETE_TASK, CallState.ABSENT, 1, NOW.minusSeconds(60)),
                new RowCall(Operation.DELETE_SOURCE, CallState.DONE, 1, NOW.minusSeconds(60)),
                new RowCall(Operation.DELETE_SOURCE, CallState.UNKNOWN, 1, NOW.minusSeconds(60)),
                new RowCall(Operation.DELETE_SOURCE, CallState.REFUSED, 1, NOW.minusSeconds(60)));
    }

    private String check(boolean sources, LedgerRow row, DeleteObservation observed) {
        var decision = (sources ? withSources : tasksOnly).decide(row, observed, NOW);
        var kind = text(decision).split(" ")[0];
        var next = DeleteDecision.next(observed);
        var call = row.call();
        if (kind.equals("Send")) {
            boolean deletesTask = next == Operation.DELETE_TASK;
            assertThat(row.hasUndecidedCall()).isFalse();
            assertThat(call != null && call.operation() == next && call.state().isExecuted())
                    .isFalse();
            assertThat(deletesTask ? observed.task() : observed.source()).isEqualTo(Existence.PRESENT);
            assertThat(deletesTask || sources && observed.task() == Existence.GONE)
                    .isTrue();
            assertThat(!deletesTask || DELETABLE.contains(observed.taskState())).isTrue();
            assertThat(observed.source()).isNotEqualTo(Existence.UNCONFIRMED);
            assertThat(observed.source() == Existence.PRESENT && ACTIVE.contains(observed.copyState()))
                    .isFalse();
            boolean connected = !Boolean.FALSE.equals(observed.states().connected());
            assertThat(observed.source() == Existence.PRESENT
                            && connected
                            && REFUSED.contains(observed.copyState().name().toLowerCase(java.util.Locale.ROOT)))
                    .isFalse();
        }
        if (kind.equals("DONE")) {
            assertThat(observed.task()).isEqualTo(Existence.GONE);
            assertThat(!sources || observed.source() == Existence.GONE).isTrue();
            assertThat(call != null && call.state().isExecuted()).isTrue();
        }
        return kind;
    }

    private static DeleteObservation seeing(Existence task, String state, String copy, @Nullable Boolean connected) {
        return new DeleteObservation(NOW, task, Existence.PRESENT, null, states(state, copy, connected));
    }

    private static ObservedState states(String task, String copy, @Nullable Boolean connected) {
        return new ObservedState(task.isEmpty() ? null : task, copy, null, connected, null, null, null);
    }

    private static LedgerRow row(@Nullable RowCall call) {
        return LedgerRow.planned("r-1", 1, 2, "erp-db-01", "", 1, List.of(), NOW)
                .withSource("s-1", "t-1")
                .withCall(call);
    }

    private static String text(Decision decision) {
        if (decision instanceof Decision.Finish finish) {
            return finish.outcome() + (finish.reason() == null ? "" : " " + finish.reason());
        }
        var attention = decision instanceof Decision.Wait wait ? wait.attention() : null;
        return decision.getClass().getSimpleName() + (attention == null ? "" : " " + attention);
    }
}
