package dev.smsrunner.drive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.Call;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Calls that are never answered have an end. */
class LostAnswersTests {

    private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");

    @Test
    void theEighthCallThatWasLostIsTheLast() {
        var row =
                row(8, CallState.ABSENT).withFailure(new Failure("DCS.5000", "HTTP 500", "TRANSIENT", "Wait.", "r-7"));

        var end = (Decision.Close) LostAnswers.bounded(row, new Decision.Send());

        assertThat(end.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(end.reason()).contains("given up after 8 calls", "HTTP 500");
        assertThat(end.failure().requestId()).isEqualTo("r-7");
    }

    @Test
    void oneFewerIsSentAgainAndALookIsALook() {
        var look = new Decision.Look(row(8, CallState.ABSENT).stage(), null);

        assertThat(LostAnswers.bounded(row(7, CallState.ABSENT), new Decision.Send()))
                .isEqualTo(new Decision.Send());
        assertThat(LostAnswers.bounded(row(8, CallState.NOT_SENT), new Decision.Send()))
                .isEqualTo(new Decision.Send());
        assertThat(LostAnswers.bounded(row(8, CallState.ABSENT), look)).isEqualTo(look);
    }

    private static Migration row(int attempt, CallState state) {
        return Migration.planned("run", 1, 2, "redis-1", "", 1, List.of(), NOW)
                .withCall(new Call(Operation.STOP, state, attempt, NOW));
    }
}
