package dev.smsrunner.job.stopdcs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.cloud.ApiError;
import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.dcs.DcsTask;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.jobfile.CutoverWindows;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.DecisionPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Meaning of a DCS status for a row, before and after its stop. */
class StopDecisionTests {

    private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");
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

    private final StopDecision decision = new StopDecision(POLICY, false);

    @ParameterizedTest
    @CsvSource({
        "MIGRATING, Send",
        "FULLMIGRATING, REJECTED",
        "INCRMIGRATING, Send",
        "INCRMIGEATING, Send",
        "RUNNING, Send",
        "TERMINATING, Wait",
        "REBALANCING, Wait",
        "TERMINATED, SKIPPED",
        "SUCCESS, SKIPPED",
        "RELEASED, SKIPPED",
        "FAILED, SKIPPED",
        "MIGRATION_FAILED, SKIPPED",
        "DELETED, SKIPPED"
    })
    void beforeTheStop(String status, String expected) {
        assertThat(words(decision.decide(row(null), seeing(status), NOW))).isEqualTo(expected);
    }

    @Test
    void taskInFullMigrationIsStoppedIfAllowed() {
        var decided = new StopDecision(POLICY, true).decide(row(null), seeing("FULLMIGRATING"), NOW);

        assertThat(decided).isEqualTo(new Decision.Send());
    }

    @Test
    void onlyObservedTaskCountsAsDeleted() {
        var seenBefore = row(null).withObserved(new ObservedState("INCRMIGEATING", null, null, null, null, NOW, null));

        assertThat(words(decision.decide(row(null), DcsObservation.deleted(NOW), NOW)))
                .isEqualTo("REJECTED");
        assertThat(words(decision.decide(seenBefore, DcsObservation.deleted(NOW), NOW)))
                .isEqualTo("SKIPPED");
    }

    @ParameterizedTest
    @CsvSource({
        "INCRMIGEATING, Wait",
        "TERMINATING, Wait",
        "REBALANCING, Wait",
        "TERMINATED, DONE",
        "SUCCESS, SKIPPED",
        "RELEASED, SKIPPED",
        "DELETED, SKIPPED",
        "FAILED, FAILED",
        "MIGRATION_FAILED, FAILED"
    })
    void afterTheStop(String status, String expected) {
        assertThat(words(decision.decide(row(CallState.DONE), seeing(status), NOW)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "TERMINATING, 1, SEEN",
        "TERMINATED, 1, SEEN",
        "INCRMIGEATING, 1, UNKNOWN",
        "INCRMIGEATING, 20, ABSENT",
        "REBALANCING, 20, UNKNOWN"
    })
    void lostAnswerIsResolvedByTheStatus(String status, int secondsAgo, CallState expected) {
        var row = row(CallState.UNKNOWN);
        row = row.withCall(new RowCall(Operation.STOP, CallState.UNKNOWN, 1, NOW.minusSeconds(secondsAgo)));

        assertThat(decision.callState(row, seeing(status))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"400, invalid", "403, access is denied", "404, no such project or task"})
    void refusedProjectFailsItsRows(int status, String meaning) {
        var refusal = new ApiException(
                CallFailureKind.REFUSED,
                "ListMigrationTask",
                status,
                new ApiError("DCS.1", "no", "r-1", List.of(), null));

        var close = (Decision.Finish) decision.decide(row(null), DcsObservation.refused(refusal, NOW), NOW);

        assertThat(close.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(close.failure().text()).contains("HTTP " + status, "DCS.1", meaning);
        assertThat(close.failure().requestId()).isEqualTo("r-1");
        if (status == 403) {
            assertThat(close.failure().recommendedAction()).contains("dcs:migrationTask:list, get and modify");
        }
    }

    @Test
    void unlistedTaskIsQueriedAlone() {
        assertThat(decision.decide(row(null), DcsObservation.absent(NOW), NOW)).isEqualTo(new Decision.Confirm());
    }

    private static DcsObservation seeing(String status) {
        return DcsObservation.of(new DcsTask("t-1", "redis-1", status), NOW);
    }

    private static LedgerRow row(CallState call) {
        var row =
                LedgerRow.planned("run", 1, 2, "redis-1", "", 1, List.of(), NOW).withTaskOnly("t-1");
        return call == null ? row : row.withCall(new RowCall(Operation.STOP, call, 1, NOW.minusSeconds(60)));
    }

    private static String words(Decision decision) {
        return decision instanceof Decision.Finish close
                ? close.outcome().name()
                : decision.getClass().getSimpleName();
    }
}
