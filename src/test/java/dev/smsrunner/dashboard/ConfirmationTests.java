package dev.smsrunner.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.ControlAction;
import dev.smsrunner.ledger.LedgerRow;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfirmationTests {

    private static final LedgerRow DECOMPOSED = row(1, "zu\u0308rich-db");

    @ParameterizedTest
    @CsvSource({
        "LAUNCH zu\u0308rich-db, true",
        "LAUNCH z\u00fcrich-db, true",
        "launch z\u00fcrich-db, false",
        "LAUNCH, false",
        "LAUNCH zurich-db, false",
        "SKIP z\u00fcrich-db, false",
        "z\u00fcrich-db, false"
    })
    void anySpellingOfTheNameMatches(String typed, boolean expected) {
        var confirmation = Confirmation.of(ControlAction.LAUNCH, DECOMPOSED, List.of(DECOMPOSED, row(2, "other")));

        assertThat(confirmation.matches(typed)).isEqualTo(expected);
    }

    @Test
    void sharedNameRequiresTheRowNumber() {
        var twin = row(2, "Z\u00fcrich-DB.");
        var confirmation = Confirmation.of(ControlAction.LAUNCH, twin, List.of(DECOMPOSED, twin));

        assertThat(confirmation).hasToString("LAUNCH Z\u00fcrich-DB. row 2");
        assertThat(confirmation.matches("LAUNCH Z\u00fcrich-DB. row 2")).isTrue();
        assertThat(confirmation.matches("LAUNCH Z\u00fcrich-DB.")).isFalse();
        assertThat(confirmation.matches("LAUNCH Z\u00fcrich-DB. row 1")).isFalse();
    }

    private static LedgerRow row(int number, String name) {
        return LedgerRow.planned(
                "run-1", number, number + 1, name, "", 1, List.of(), Instant.parse("2026-11-21T22:00:00Z"));
    }
}
