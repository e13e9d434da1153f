package dev.smsrunner.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rows that are reopened with a retry or skip of their dependency. */
class FreedRowsTests {

    @Test
    void retryFreesRowsRejectedByEarlierVersions() {
        var night = new OrderFixtures()
                .row(1, "app", Stage.PLANNED, "bad-db")
                .change(
                        1,
                        row -> row.end(
                                Outcome.REJECTED,
                                "not started: it depends on bad-db (row 2), which ended FAILED",
                                OrderFixtures.NOW))
                .ended(2, "bad-db", Outcome.FAILED);

        assertThat(FreedRows.find(List.of(retried(night, 2)), night.snapshot(), OrderFixtures.NOW))
                .extracting(LedgerRow::row)
                .containsExactly(1);
    }

    @Test
    void retryFreesDependentRows() {
        var night = new OrderFixtures()
                .ended(1, "web", Outcome.NOT_LAUNCHED, "app")
                .ended(2, "app", Outcome.NOT_LAUNCHED, "bad-db")
                .ended(3, "bad-db", Outcome.FAILED)
                .ended(4, "other", Outcome.NOT_LAUNCHED, "id:elsewhere");

        assertThat(freedBy(night, 3)).containsExactly(1, 2);
    }

    @Test
    void rowBehindForcedLaunchIsFreed() {
        var night = new OrderFixtures()
                .row(1, "web", Stage.PLANNED, "app")
                .change(
                        1,
                        row -> row.end(
                                Outcome.NOT_LAUNCHED,
                                "depends on app, which depends on bad-db, which FAILED",
                                OrderFixtures.NOW))
                .ended(2, "app", Outcome.MIGRATED, "bad-db")
                .ended(3, "bad-db", Outcome.FAILED);

        assertThat(freedBy(night, 3)).containsExactly(1);
    }

    @Test
    void rowBehindReopenedRowIsFreed() {
        var night = new OrderFixtures()
                .ended(1, "web", Outcome.NOT_LAUNCHED, "app")
                .row(2, "app", Stage.SYNCING, "bad-db")
                .forced(2)
                .ended(3, "bad-db", Outcome.FAILED);

        assertThat(freedBy(night, 3)).containsExactly(1);
    }

    @Test
    void rowWithMetDependenciesIsFreedWithAnyOther() {
        var night = new OrderFixtures()
                .row(1, "web", Stage.PLANNED, "app")
                .change(1, row -> row.end(Outcome.NOT_LAUNCHED, "depends on app, which FAILED", OrderFixtures.NOW))
                .ended(2, "app", Outcome.SKIPPED)
                .ended(3, "other", Outcome.FAILED);

        assertThat(freedBy(night, 3)).containsExactly(1);
        assertThat(freedBy(night.ended(2, "app", Outcome.FAILED), 3))
                .as("not there")
                .isEmpty();
    }

    @Test
    void rowThatMissedItsWindowIsFreedOnlyByDependency() {
        var night = new OrderFixtures()
                .row(1, "web", Stage.PLANNED, "app")
                .change(
                        1,
                        row -> row.end(
                                Outcome.NOT_LAUNCHED,
                                "not launched: in sync only after the last launch of the window at 2026-12-02T04:00:00Z",
                                OrderFixtures.NOW))
                .ended(2, "app", Outcome.MIGRATED)
                .ended(3, "other", Outcome.FAILED);

        assertThat(freedBy(night, 3)).isEmpty();
        assertThat(freedBy(night, 2)).containsExactly(1);
    }

    @Test
    void rowWithOtherOutcomeIsNotFreed() {
        var night = new OrderFixtures()
                .ended(1, "gone", Outcome.SKIPPED, "bad-db")
                .ended(2, "failed", Outcome.FAILED, "bad-db")
                .ended(3, "bad-db", Outcome.FAILED);

        assertThat(freedBy(night, 3)).isEmpty();
    }

    @Test
    void rowBehindOtherFailureIsNotReopened() {
        var night = new OrderFixtures()
                .ended(1, "web", Outcome.NOT_LAUNCHED, "app")
                .ended(2, "app", Outcome.FAILED, "db")
                .ended(3, "db", Outcome.FAILED)
                .ended(4, "portal", Outcome.NOT_LAUNCHED, "cache", "db")
                .row(5, "cache", Stage.SYNCING, "mq")
                .ended(6, "mq", Outcome.FAILED)
                .ended(7, "report", Outcome.NOT_LAUNCHED, "db");

        assertThat(freedBy(night, 3)).containsExactly(7);
        assertThat(freedBy(night, 2)).as("its own database failed too").isEmpty();
        assertThat(numbers(FreedRows.find(
                        List.of(retried(night, 2), retried(night, 3), retried(night, 6)),
                        night.snapshot(),
                        OrderFixtures.NOW)))
                .containsExactly(1, 4, 7);
    }

    @Test
    void forcedLaunchFreesDependentsDespiteOwnFailedDependency() {
        var night = new OrderFixtures()
                .ended(1, "web", Outcome.NOT_LAUNCHED, "app")
                .ended(2, "app", Outcome.NOT_LAUNCHED, "db")
                .ended(3, "db", Outcome.FAILED)
                .ended(4, "other", Outcome.NOT_LAUNCHED, "app", "db");

        assertThat(numbers(FreedRows.find(
                        List.of(FreedRows.asLaunching(night.row(2), OrderFixtures.NOW)),
                        night.snapshot(),
                        OrderFixtures.NOW)))
                .containsExactly(1);
        assertThat(freedBy(night, 2)).as("a retry does not override").isEmpty();
    }

    @Test
    void skippedRowFreesDependents() {
        var night =
                new OrderFixtures().ended(1, "web", Outcome.NOT_LAUNCHED, "app").row(2, "app", Stage.PLANNED, "db");
        night.ended(3, "db", Outcome.FAILED);
        var skipped = night.row(2).end(Outcome.SKIPPED, "skipped by ana", OrderFixtures.NOW);

        assertThat(numbers(FreedRows.find(List.of(skipped), night.snapshot(), OrderFixtures.NOW)))
                .containsExactly(1);
    }

    @Test
    void retryOfAllRowsOfALargeRunIsFast() {
        var night = new OrderFixtures();
        for (int number = 1; number <= 20_000; number++) {
            night.ended(number, "s" + number, Outcome.FAILED);
        }
        var run = night.snapshot();
        var all = run.rows().stream()
                .map(row -> row.reopen(Stage.PLANNED, OrderFixtures.NOW))
                .toList();

        assertThat(FreedRows.find(all, run, OrderFixtures.NOW)).isEmpty();
    }

    @Test
    void rowWithoutPlaceIsFreedWhenDependencyIsMet() {
        var reason = new NotLaunchedRows(
                        new OrderFixtures()
                                .with("limits.concurrent", "1")
                                .ended(1, "held", Outcome.NOT_LAUNCHED)
                                .seen(1, "SYNCING", "100")
                                .row(2, "app", Stage.TASK_READY)
                                .snapshot(),
                        null,
                        OrderFixtures.NOW)
                .rowsToEnd()
                .get(2);
        var night = new OrderFixtures()
                .row(1, "app", Stage.PLANNED, "db")
                .change(
                        1,
                        row -> row.end(Outcome.NOT_LAUNCHED, reason + "; its copy was not started", OrderFixtures.NOW))
                .ended(2, "db", Outcome.MIGRATED)
                .ended(3, "other", Outcome.FAILED);

        assertThat(freedBy(night, 3)).containsExactly(1);
    }

    @Test
    void chainAsLongAsTheInventoryIsHandled() {
        var night = new OrderFixtures();
        int length = 20_000;
        for (int number = 1; number < length; number++) {
            night.ended(number, "s" + number, Outcome.NOT_LAUNCHED, "s" + (number + 1));
        }
        night.ended(length, "s" + length, Outcome.FAILED);

        assertThat(freedBy(night, length)).hasSize(length - 1);
    }

    private static List<Integer> freedBy(OrderFixtures night, int retried) {
        return numbers(FreedRows.find(List.of(retried(night, retried)), night.snapshot(), OrderFixtures.NOW));
    }

    private static LedgerRow retried(OrderFixtures night, int row) {
        return night.row(row).reopen(Stage.PLANNED, OrderFixtures.NOW);
    }

    private static List<Integer> numbers(List<LedgerRow> rows) {
        return rows.stream().map(LedgerRow::row).toList();
    }
}
