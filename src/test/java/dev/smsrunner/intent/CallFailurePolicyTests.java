package dev.smsrunner.intent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.support.Failures;
import dev.smsrunner.support.ManualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Effect of refused, unsent and unclear calls on their row. */
class CallFailurePolicyTests {

    private static final Instant NOW = ManualClock.START;
    private CallFailurePolicy refusals =
            new CallFailurePolicy(CallFailurePolicy.backoff(Duration.ofSeconds(30), new Random(1)));

    @Test
    void unsentCallIsRetriedSoon() {
        var row = rowAfter(1, Failures.notSent("CreateTask"));

        assertThat(row.isOpen()).isTrue();
        assertThat(row.nextAt()).isEqualTo(NOW.plusSeconds(5));
        assertThat(row.reason()).startsWith("not sent: ").contains("connection refused");
        assertThat(row.failure()).isNull();
    }

    @Test
    void throttledCallCountsAsUnsent() {
        assertThat(rowAfter(1, Failures.throttled("CreateTask")).nextAt()).isEqualTo(NOW.plusSeconds(5));
    }

    @Test
    void unclearAnswerKeepsTheRow() {
        var row = row(1, CallState.UNKNOWN);
        var consequence = refusals.effectOf(row, answer(Failures.unknown("CreateTask")), NOW);

        assertThat(consequence.row()).isEqualTo(row);
        assertThat(consequence.events()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SMS.6301", "SMS.6603", "SMS.6520", "SMS.7719", "SMS.4711", "APIG.0601"})
    void transientRefusalIsRetriedLater(String code) {
        var row = rowAfter(1, Failures.refused("CreateTask", code));

        assertThat(row.isOpen()).isTrue();
        assertThat(row.nextAt()).isBetween(NOW.plusMillis(22_500), NOW.plusMillis(37_500));
        assertThat(row.reason()).startsWith("refused for now: ");
        assertThat(row.failure()).isNotNull();
        assertThat(row.failure().code()).isEqualTo(code);
    }

    @Test
    void doubtfulRefusalIsRetriedLaterButNotForever() {
        var refused = row(1, CallState.REFUSED);
        var answer = answer(Failures.refused("DeleteTasks", "SMS.7703"));

        for (int times = 1; times < 8; times++) {
            var row =
                    refusals.effectOfDoubtful(refused, answer, "checking", NOW).row();
            assertThat(row.isOpen()).isTrue();
            assertThat(row.nextAt()).isAfter(NOW);
            assertThat(row.reason()).isEqualTo("checking");
        }

        var ended = refusals.effectOfDoubtful(refused, answer, "checking", NOW).row();
        assertThat(ended.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(ended.reason()).isEqualTo("DeleteTasks refused: HTTP 400 refused with SMS.7703");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SMS.6602", "SMS.7101", "SMS.9004", "SMS.0206", "SMS.7605"})
    void permanentRefusalEndsTheRowWithItsCause(String code) {
        var consequence =
                refusals.effectOf(row(1, CallState.REFUSED), answer(Failures.refused("CreateTask", code)), NOW);
        var row = consequence.row();

        assertThat(row.stage()).isEqualTo(Stage.CLOSED);
        assertThat(row.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(row.reason()).isEqualTo("CreateTask refused: HTTP 400 refused with " + code);
        assertThat(row.failure()).isNotNull();
        assertThat(row.failure().code()).isEqualTo(code);
        assertThat(row.failure().recommendedAction()).isNotBlank();
        assertThat(row.failure().requestId()).isEqualTo("request-1");
        assertThat(consequence.events()).singleElement().satisfies(event -> {
            assertThat(event.before()).isEqualTo("PLANNED");
            assertThat(event.after()).isEqualTo("CLOSED");
            assertThat(event.detail()).startsWith("FAILED: CreateTask refused");
        });
    }

    @Test
    void repeatedTransientRefusalEndsTheRow() {
        for (int call = 1; call < 40; call++) {
            assertThat(rowAfter(call, Failures.refused("CreateTask", "SMS.6301"))
                            .isOpen())
                    .isTrue();
        }
        assertThat(rowAfter(40, Failures.refused("CreateTask", "SMS.6301")).outcome())
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void operatorRetryResetsTheCount() {
        for (int call = 1; call < 40; call++) {
            rowAfter(call, Failures.refused("CreateTask", "SMS.6301"));
        }

        refusals.forget(1);

        assertThat(rowAfter(40, Failures.refused("CreateTask", "SMS.6301")).isOpen())
                .isTrue();
    }

    @Test
    void unexplainedRefusalEndsTheRowSooner() {
        for (int call = 1; call < 8; call++) {
            assertThat(rowAfter(call, Failures.refused("CreateTask", "SMS.4711"))
                            .isOpen())
                    .isTrue();
        }
        assertThat(rowAfter(8, Failures.refused("CreateTask", "SMS.4711")).outcome())
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void delayAfterUnsentCallGrowsToOneMinute() {
        var pauses = IntStream.rangeClosed(1, 6)
                .mapToObj(call -> Duration.between(
                        NOW, rowAfter(call, Failures.notSent("CreateTask")).nextAt()))
                .map(Duration::toSeconds);

        assertThat(pauses).containsExactly(5L, 10L, 20L, 40L, 60L, 60L);
    }

    @Test
    void unsentCallsDoNotCountAsRefused() {
        for (int call = 1; call < 60; call++) {
            rowAfter(call, Failures.notSent("CreateTask"));
        }

        assertThat(rowAfter(60, Failures.refused("CreateTask", "SMS.4711")).isOpen())
                .isTrue();
    }

    @Test
    void refusalsOfEarlierProcessCount() {
        refusals = new CallFailurePolicy(
                CallFailurePolicy.backoff(Duration.ofSeconds(30), new Random(1)), Map.of(1, 7), null);

        assertThat(rowAfter(9, Failures.refused("CreateTask", "SMS.4711")).outcome())
                .isEqualTo(Outcome.FAILED);
    }

    @Test
    void rowWithUnsentCallsNeedsAttentionThenFails() {
        refusals = new CallFailurePolicy(
                CallFailurePolicy.backoff(Duration.ofSeconds(30), new Random(1)), Map.of(), Duration.ofHours(1));
        for (int call = 1; call < 5; call++) {
            assertThat(rowAfter(call, Failures.notSent("CreateTask")).attention())
                    .isNull();
        }

        assertThat(rowAfter(5, Failures.notSent("CreateTask")).attention()).contains("5 calls were not sent");
        var row = row(6, CallState.NOT_SENT);
        var later = refusals.effectOf(row, answer(Failures.notSent("CreateTask")), NOW.plus(Duration.ofHours(1)));
        assertThat(later.row().outcome()).isEqualTo(Outcome.FAILED);
    }

    @Test
    void withheldCallsDoNotFailTheRow() {
        refusals = new CallFailurePolicy(
                CallFailurePolicy.backoff(Duration.ofSeconds(30), new Random(1)), Map.of(), Duration.ZERO);
        var heldBack = new CallResult(CallState.NOT_SENT, null, null, "the run was stopped");

        assertThat(refusals.effectOf(row(1, CallState.NOT_SENT), heldBack, NOW)
                        .row()
                        .isOpen())
                .isTrue();
    }

    @Test
    void eighthLostCallFailsTheRow() {
        var failures = IntStream.rangeClosed(1, 8)
                .mapToObj(attempt -> refusals.countLost(lost(attempt)))
                .toList();

        assertThat(failures.subList(0, 7)).containsOnly(Optional.empty());
        var failure = failures.get(7).orElseThrow();
        assertThat(failure.text())
                .isEqualTo("given up after 8 calls without a clear answer; none was executed; last: HTTP 500");
        assertThat(failure.code()).isEqualTo("DCS.5000");
        assertThat(failure.errorClass()).isEqualTo("TRANSIENT");
        assertThat(failure.requestId()).isEqualTo("r-7");
    }

    @Test
    void onlyLostCallsCountAndEachOnce() {
        for (int times = 0; times < 20; times++) {
            assertThat(refusals.countLost(lost(3))).isEmpty();
            assertThat(refusals.countLost(row(times, CallState.NOT_SENT))).isEmpty();
            assertThat(refusals.countLost(row(times, CallState.UNKNOWN))).isEmpty();
        }
    }

    @Test
    void retryForgetsLostCalls() {
        IntStream.rangeClosed(1, 7).forEach(attempt -> refusals.countLost(lost(attempt)));

        refusals.forget(1);

        assertThat(refusals.countLost(lost(8))).isEmpty();
    }

    @Test
    void failureWithoutResponseIsExplained() {
        var failure = CallFailurePolicy.failureOf(new CallResult(CallState.REFUSED, null, null, "held back"));

        assertThat(failure.text()).isEqualTo("held back");
        assertThat(failure.recommendedAction()).isNotBlank();
    }

    private static LedgerRow lost(int attempt) {
        return row(attempt, CallState.ABSENT)
                .withFailure(new Failure("DCS.5000", "HTTP 500", "TRANSIENT", "Wait.", "r-7"));
    }

    private LedgerRow rowAfter(int attempt, ApiException failure) {
        var answer = answer(failure);
        return refusals.effectOf(row(attempt, answer.state()), answer, NOW).row();
    }

    private static CallResult answer(ApiException failure) {
        return CallResult.of(
                deadline -> {
                    throw failure;
                },
                Instant.MAX);
    }

    private static LedgerRow row(int attempt, CallState state) {
        return LedgerRow.planned("run", 1, 2, "erp-db-02", "wave-1", 1, List.of(), NOW)
                .withCall(new RowCall(Operation.CREATE, state, attempt, NOW));
    }
}
