package dev.smsrunner.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Selection of a row by number and server name. */
class RowFinderTests {

    private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");

    private final RowFinder rows = new RowFinder(
            "run-1",
            List.of(
                    row(1, "db-01", "wave-1"),
                    row(2, "DB-01.", "").end(Outcome.FAILED, "why", NOW),
                    row(3, "z\u00fcrich-db", "wave-2"),
                    row(4, "istanbul", "")));

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "3, -, 3",
                "-, z\u00fcrich-db, 3",
                "-, ZU\u0308RICH-DB., 3",
                "-, '\u00a0z\u00fcrich-db ', 3",
                "-, ISTANBUL, 4",
                "2, db-01, 2",
                "1, Db-01., 1"
            })
    void singleRowMatches(@Nullable Integer number, @Nullable String server, int row) {
        assertThat(rows.find(number, server).row()).isEqualTo(row);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {"9, -", "-, nobody", "-, zurich-db", "-, \u0131stanbul", "-, \u0130stanbul", "3, db-01", "-, ''"})
    void noRowMatches(@Nullable Integer number, @Nullable String server) {
        assertThatThrownBy(() -> rows.find(number, server))
                .isInstanceOfSatisfying(
                        CommandException.class,
                        refused -> assertThat(refused.exitCode()).isEqualTo(ExitCode.BAD_INPUT))
                .hasMessage("Run run-1 has no such row. Use 'status run-1 --json' to list all rows.");
    }

    @Test
    void sharedNameIsRefusedWithItsRows() {
        assertThatThrownBy(() -> rows.find(null, "db-01"))
                .isInstanceOfSatisfying(
                        CommandException.class,
                        refused -> assertThat(refused.exitCode()).isEqualTo(ExitCode.BAD_INPUT))
                .hasMessage("2 rows of run run-1 have the server name db-01: row 1 (line 2, wave-1, PLANNED); "
                        + "row 2 (line 3, FAILED). Select one with --row.");
    }

    private static LedgerRow row(int number, String name, String wave) {
        return LedgerRow.planned("run-1", number, number + 1, name, wave, 1, List.of(), NOW);
    }
}
