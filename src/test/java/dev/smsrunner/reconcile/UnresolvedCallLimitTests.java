package dev.smsrunner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RowCall;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Calls that are never answered have an end. */
class UnresolvedCallLimitTests {

    private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");

    private final UnresolvedCallLimit lost = new UnresolvedCallLimit();

    @Test
    void theEighthCallThatWasLostIsTheLast() {
        var decisions = IntStream.rangeClosed(1, UnresolvedCallLimit.MOST)
                .mapToObj(attempt -> lost.bounded(failed(attempt), new Decision.Send()))
                .toList();

        assertThat(decisions.subList(0, 7)).containsOnly(new Decision.Send());
        var end = (Decision.Close) decisions.get(7);
        assertThat(end.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(end.reason()).contains("given up after 8 calls", "HTTP 500");
        assertThat(end.failure().requestId()).isEqualTo("r-7");
    }

    @Test
    void aCallThatWaitsForItsTurnOrWasNotSentOrIsOnlyLookedForDoesNotCount() {
        for (int times = 0; times < 20; times++) {
            assertThat(lost.bounded(failed(3), new Decision.Send())).isEqualTo(new Decision.Send());
            assertThat(lost.bounded(row(times, CallState.NOT_SENT), new Decision.Send()))
                    .isEqualTo(new Decision.Send());
            var look = new Decision.Look(failed(times).stage(), null);
            assertThat(lost.bounded(failed(times), look)).isEqualTo(look);
        }
    }

    private static LedgerRow failed(int attempt) {
        return row(attempt, CallState.ABSENT)
                .withFailure(new Failure("DCS.5000", "HTTP 500", "TRANSIENT", "Wait.", "r-7"));
    }

    private static LedgerRow row(int attempt, CallState state) {
        return LedgerRow.planned("run", 1, 2, "redis-1", "", 1, List.of(), NOW)
                .withCall(new RowCall(Operation.STOP, state, attempt, NOW));
    }
}
