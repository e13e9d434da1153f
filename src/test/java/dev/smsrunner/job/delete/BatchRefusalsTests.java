package dev.smsrunner.job.delete;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.RowCall;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only the refused call itself needs no grace; its row is sent alone from then on. */
class BatchRefusalsTests {

    private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");

    @ParameterizedTest
    @CsvSource({"DELETE_TASK, 1, true", "DELETE_TASK, 2, false", "DELETE_SOURCE, 2, false"})
    void aLaterCallHasItsOwnAnswer(Operation operation, int attempt, boolean refused) {
        var refusals = new BatchRefusals();
        refusals.add(row(new RowCall(Operation.DELETE_TASK, CallState.UNKNOWN, 1, NOW)));
        var later = row(new RowCall(operation, CallState.UNKNOWN, attempt, NOW.plusSeconds(1)));

        assertThat(refusals.isLatest(later)).isEqualTo(refused);
        assertThat(refusals.contains(later)).isTrue();

        refusals.forget(1);

        assertThat(refusals.isLatest(later)).isFalse();
        assertThat(refusals.contains(later)).isFalse();
    }

    private static LedgerRow row(RowCall call) {
        return LedgerRow.planned("r-1", 1, 2, "erp-db-01", "", 1, List.of(), NOW)
                .withSource("s-1", "t-1")
                .withCall(call);
    }
}
