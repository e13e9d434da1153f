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

/** Limit of calls that never get an answer. */
class UnresolvedCallLimitTests {

    private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");

    private final UnresolvedCallLimit lost = new UnresolvedCallLimit();

    @Test
    void eighthLostCallEndsTheRow() {
        var decisions = IntStream.rangeClosed(1, UnresolvedCallLimit.MAX_UNRESOLVED)
                .mapToObj(attempt -> lost.limit(failed(attempt), new Decision.Send()))
                .toList();

        assertThat(decisions.subList(0, 7)).containsOnly(new Decision.Send());
        var end = (Decision.Finish) decisions.get(7);
        assertThat(end.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(end.reason()).contains("given up after 8 calls", "HTTP 500");
        assertThat(end.failure().requestId()).isEqualTo("r-7");
    }

    @Test
    void onlyLostCallsCount() {
        for (int times = 0; times < 20; times++) {
            assertThat(lost.limit(failed(3), new Decision.Send())).isEqualTo(new Decision.Send());
            assertThat(lost.limit(row(times, CallState.NOT_SENT), new Decision.Send()))
                    .isEqualTo(new Decision.Send());
            var wait = new Decision.Wait(failed(times).stage(), null);
            assertThat(lost.limit(failed(times), wait)).isEqualTo(wait);
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
