package dev.smsrunner.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Counts of rows. */
class StageCountsTests {

    private static final Instant NOW = Instant.parse("2026-11-21T22:00:00Z");

    @Test
    void wavesAreInNaturalOrder() {
        var tally = StageCounts.of(List.of(
                row("wave-10"),
                row("wave-2"),
                row("Wave-1"),
                row(""),
                row("wave-02"),
                row("b"),
                row("10"),
                row("9"),
                row("wave-18446744073709551617")));

        assertThat(tally.waves())
                .extracting(StageCounts.Wave::name)
                .containsExactly(
                        "9", "10", "b", "Wave-1", "wave-02", "wave-2", "wave-10", "wave-18446744073709551617", "");
    }

    @Test
    void knownBytesAreSummed() {
        var tally = StageCounts.of(List.of(
                seeing("a", "1000 of 4000 bytes, MIGRATE_LINUX_FILE-25"),
                seeing("a", "500 of 1000 bytes"),
                seeing("a", "MIGRATE_LINUX_FILE-25"),
                seeing("a", "7 of 0 bytes"),
                seeing("b", "999999999999999999 of 999999999999999999 bytes"),
                row("b")));

        assertThat(tally.waves().get(0).copied()).isEqualTo(1_500);
        assertThat(tally.waves().get(0).total()).isEqualTo(5_000);
        assertThat(tally.total().total()).isEqualTo(999_999_999_999_999_999L + 5_000);
    }

    private static LedgerRow seeing(String wave, String progress) {
        return row(wave)
                .withObserved(new ObservedState("RUNNING", "replicate", "replicating", true, progress, NOW, null));
    }

    @Test
    void rowCountsOncePerWaveAndInTotal() {
        var tally = StageCounts.of(List.of(
                row("a"),
                row("a").withSource("s", null).withTask("t", NOW).withAttention("look"),
                row("b").end(Outcome.FAILED, "x", NOW),
                row("b").end(Outcome.SKIPPED, "x", NOW)));

        assertThat(tally.total().rows()).isEqualTo(4);
        assertThat(tally.total().closedRows()).isEqualTo(2);
        assertThat(tally.total().openRows()).isEqualTo(2);
        assertThat(tally.total().failedRows()).isEqualTo(1);
        assertThat(tally.total().attention()).isEqualTo(1);
        assertThat(tally.total().count(Stage.TASK_READY)).isEqualTo(1);
        assertThat(tally.total().count(Outcome.MIGRATED)).isZero();
        assertThat(tally.waves()).extracting(StageCounts.Wave::rows).containsExactly(2, 2);
    }

    @Test
    void noRowsGiveNoWaves() {
        assertThat(StageCounts.of(List.of()).waves()).isEmpty();
        assertThat(StageCounts.of(List.of()).total().rows()).isZero();
    }

    private static LedgerRow row(String wave) {
        return LedgerRow.planned("r", 1, 2, "s", wave, 0, List.of(), NOW);
    }
}
