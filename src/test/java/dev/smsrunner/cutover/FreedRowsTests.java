package dev.smsrunner.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.Migration;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows that go on when what they depend on is retried or skipped. */
class FreedRowsTests {

    @Test
    void aRetryFreesWhatAnEarlierVersionRejectedBecauseOfIt() {
        var night = new Night()
                .row(1, "app", Stage.PLANNED, "bad-db")
                .change(
                        1,
                        row -> row.closed(
                                Outcome.REJECTED,
                                "not started: it depends on bad-db (row 2), which ended FAILED",
                                Night.NOW))
                .ended(2, "bad-db", Outcome.FAILED);

        assertThat(FreedRows.by(List.of(night.row(2)), night.snapshot()))
                .extracting(Migration::row)
                .containsExactly(1);
    }

    @Test
    void aRetryFreesTheRowsThatEndedBecauseOfIt() {
        var night = new Night()
                .ended(1, "web", Outcome.NOT_LAUNCHED, "app")
                .ended(2, "app", Outcome.NOT_LAUNCHED, "bad-db")
                .ended(3, "bad-db", Outcome.FAILED)
                .ended(4, "other", Outcome.NOT_LAUNCHED, "id:elsewhere");

        assertThat(FreedRows.by(List.of(night.row(3)), night.snapshot()))
                .extracting(Migration::row)
                .containsExactly(1, 2);
    }

    @Test
    void aRowIsFreedThroughARowThatWasLaunchedByForceMeanwhile() {
        var night = new Night()
                .row(1, "web", Stage.PLANNED, "app")
                .change(
                        1,
                        row -> row.closed(
                                Outcome.NOT_LAUNCHED,
                                "depends on app, which depends on bad-db, which FAILED",
                                Night.NOW))
                .ended(2, "app", Outcome.MIGRATED, "bad-db")
                .ended(3, "bad-db", Outcome.FAILED);

        assertThat(freedBy(night, 3)).containsExactly(1);
    }

    @Test
    void aRowIsFreedThroughARowThatIsOpenMeanwhile() {
        var night = new Night()
                .ended(1, "web", Outcome.NOT_LAUNCHED, "app")
                .row(2, "app", Stage.SYNCING, "bad-db")
                .forced(2)
                .ended(3, "bad-db", Outcome.FAILED);

        assertThat(freedBy(night, 3)).containsExactly(1);
    }

    @Test
    void aRowWhoseDependenciesAreThereNowIsFreedWithAnyOther() {
        var night = new Night()
                .row(1, "web", Stage.PLANNED, "app")
                .change(1, row -> row.closed(Outcome.NOT_LAUNCHED, "depends on app, which FAILED", Night.NOW))
                .ended(2, "app", Outcome.SKIPPED)
                .ended(3, "other", Outcome.FAILED);

        assertThat(freedBy(night, 3)).containsExactly(1);
        assertThat(freedBy(night.ended(2, "app", Outcome.FAILED), 3))
                .as("not there")
                .isEmpty();
    }

    @Test
    void aRowThatMissedItsWindowIsFreedOnlyWithWhatItDependsOn() {
        var night = new Night()
                .row(1, "web", Stage.PLANNED, "app")
                .change(
                        1,
                        row -> row.closed(
                                Outcome.NOT_LAUNCHED,
                                "not launched: in sync only after the last launch of the window at 2026-12-02T04:00:00Z",
                                Night.NOW))
                .ended(2, "app", Outcome.MIGRATED)
                .ended(3, "other", Outcome.FAILED);

        assertThat(freedBy(night, 3)).isEmpty();
        assertThat(freedBy(night, 2)).containsExactly(1);
    }

    @Test
    void aRowWithAnotherEndStaysAsItIs() {
        var night = new Night()
                .ended(1, "gone", Outcome.SKIPPED, "bad-db")
                .ended(2, "failed", Outcome.FAILED, "bad-db")
                .ended(3, "bad-db", Outcome.FAILED);

        assertThat(freedBy(night, 3)).isEmpty();
    }

    @Test
    void aChainAsLongAsTheInventoryIsNoTrouble() {
        var night = new Night();
        int length = 20_000;
        for (int number = 1; number < length; number++) {
            night.ended(number, "s" + number, Outcome.NOT_LAUNCHED, "s" + (number + 1));
        }
        night.ended(length, "s" + length, Outcome.FAILED);

        assertThat(freedBy(night, length)).hasSize(length - 1);
    }

    private static List<Integer> freedBy(Night night, int retried) {
        return FreedRows.by(List.of(night.row(retried)), night.snapshot()).stream()
                .map(Migration::row)
                .toList();
    }
}
