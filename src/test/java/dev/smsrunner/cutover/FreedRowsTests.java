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
        var fixtures = new OrderFixtures()
                .row(1, "app", Stage.PLANNED, "bad-db")
                .change(
                        1,
                        row -> row.end(
                                Outcome.REJECTED,
                                "not started: it depends on bad-db (row 2), which ended FAILED",
                                OrderFixtures.NOW))
                .addEnded(2, "bad-db", Outcome.FAILED);

        assertThat(FreedRows.find(List.of(retried(fixtures, 2)), fixtures.snapshot(), OrderFixtures.NOW))
                .extracting(LedgerRow::row)
                .containsExactly(1);
    }

    @Test
    void retryFreesDependentRows() {
        var fixtures = new OrderFixtures()
                .addEnded(1, "web", Outcome.NOT_LAUNCHED, "app")
                .addEnded(2, "app", Outcome.NOT_LAUNCHED, "bad-db")
                .addEnded(3, "bad-db", Outcome.FAILED)
                .addEnded(4, "other", Outcome.NOT_LAUNCHED, "id:elsewhere");

        assertThat(freedBy(fixtures, 3)).containsExactly(1, 2);
    }

    @Test
    void rowBehindForcedLaunchIsFreed() {
        var fixtures = new OrderFixtures()
                .row(1, "web", Stage.PLANNED, "app")
                .change(
                        1,
                        row -> row.end(
                                Outcome.NOT_LAUNCHED,
                                "depends on app, which depends on bad-db, which FAILED",
                                OrderFixtures.NOW))
                .addEnded(2, "app", Outcome.MIGRATED, "bad-db")
                .addEnded(3, "bad-db", Outcome.FAILED);

        assertThat(freedBy(fixtures, 3)).containsExactly(1);
    }

    @Test
    void rowBehindReopenedRowIsFreed() {
        var fixtures = new OrderFixtures()
                .addEnded(1, "web", Outcome.NOT_LAUNCHED, "app")
                .row(2, "app", Stage.SYNCING, "bad-db")
                .forceLaunch(2)
                .addEnded(3, "bad-db", Outcome.FAILED);

        assertThat(freedBy(fixtures, 3)).containsExactly(1);
    }

    @Test
    void rowWithMetDependenciesIsFreedWithAnyOther() {
        var fixtures = new OrderFixtures()
                .row(1, "web", Stage.PLANNED, "app")
                .change(1, row -> row.end(Outcome.NOT_LAUNCHED, "depends on app, which FAILED", OrderFixtures.NOW))
                .addEnded(2, "app", Outcome.SKIPPED)
                .addEnded(3, "other", Outcome.FAILED);

        assertThat(freedBy(fixtures, 3)).containsExactly(1);
        assertThat(freedBy(fixtures.addEnded(2, "app", Outcome.FAILED), 3))
                .as("not there")
                .isEmpty();
    }

    @Test
    void rowThatMissedItsWindowIsFreedOnlyByDependency() {
        var fixtures = new OrderFixtures()
                .row(1, "web", Stage.PLANNED, "app")
                .change(
                        1,
                        row -> row.end(
                                Outcome.NOT_LAUNCHED,
                                "not launched: in sync only after the last launch of the window at 2026-12-02T04:00:00Z",
                                OrderFixtures.NOW))
                .addEnded(2, "app", Outcome.MIGRATED)
                .addEnded(3, "other", Outcome.FAILED);

        assertThat(freedBy(fixtures, 3)).isEmpty();
        assertThat(freedBy(fixtures, 2)).containsExactly(1);
    }

    @Test
    void rowWithOtherOutcomeIsNotFreed() {
        var fixtures = new OrderFixtures()
                .addEnded(1, "gone", Outcome.SKIPPED, "bad-db")
                .addEnded(2, "failed", Outcome.FAILED, "bad-db")
                .addEnded(3, "bad-db", Outcome.FAILED);

        assertThat(freedBy(fixtures, 3)).isEmpty();
    }

    @Test
    void rowBehindOtherFailureIsNotReopened() {
        var fixtures = new OrderFixtures()
                .addEnded(1, "web", Outcome.NOT_LAUNCHED, "app")
                .addEnded(2, "app", Outcome.FAILED, "db")
                .addEnded(3, "db", Outcome.FAILED)
                .addEnded(4, "portal", Outcome.NOT_LAUNCHED, "cache", "db")
                .row(5, "cache", Stage.SYNCING, "mq")
                .addEnded(6, "mq", Outcome.FAILED)
                .addEnded(7, "report", Outcome.NOT_LAUNCHED, "db");

        assertThat(freedBy(fixtures, 3)).containsExactly(7);
        assertThat(freedBy(fixtures, 2)).as("its own database failed too").isEmpty();
        assertThat(numbers(FreedRows.find(
                        List.of(retried(fixtures, 2), retried(fixtures, 3), retried(fixtures, 6)),
                        fixtures.snapshot(),
                        OrderFixtures.NOW)))
                .containsExactly(1, 4, 7);
    }

    @Test
    void forcedLaunchFreesDependentsDespiteOwnFailedDependency() {
        var fixtures = new OrderFixtures()
                .addEnded(1, "web", Outcome.NOT_LAUNCHED, "app")
                .addEnded(2, "app", Outcome.NOT_LAUNCHED, "db")
                .addEnded(3, "db", Outcome.FAILED)
                .addEnded(4, "other", Outcome.NOT_LAUNCHED, "app", "db");

        assertThat(numbers(FreedRows.find(
                        List.of(FreedRows.asLaunching(fixtures.row(2), OrderFixtures.NOW)),
                        fixtures.snapshot(),
                        OrderFixtures.NOW)))
                .containsExactly(1);
        assertThat(freedBy(fixtures, 2)).as("a retry does not override").isEmpty();
    }

    @Test
    void skippedRowFreesDependents() {
        var fixtures = new OrderFixtures()
                .addEnded(1, "web", Outcome.NOT_LAUNCHED, "app")
                .row(2, "app", Stage.PLANNED, "db");
        fixtures.addEnded(3, "db", Outcome.FAILED);
        var skipped = fixtures.row(2).end(Outcome.SKIPPED, "skipped by ana", OrderFixtures.NOW);

        assertThat(numbers(FreedRows.find(List.of(skipped), fixtures.snapshot(), OrderFixtures.NOW)))
                .containsExactly(1);
    }

    @Test
    void retryOfAllRowsOfALargeRunIsFast() {
        var fixtures = new OrderFixtures();
        for (int number = 1; number <= 20_000; number++) {
            fixtures.addEnded(number, "s" + number, Outcome.FAILED);
        }
        var run = fixtures.snapshot();
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
                                .addEnded(1, "held", Outcome.NOT_LAUNCHED)
                                .observed(1, "SYNCING", "100")
                                .row(2, "app", Stage.TASK_READY)
                                .snapshot(),
                        null,
                        OrderFixtures.NOW)
                .rowsToEnd(0)
                .get(2);
        var fixtures = new OrderFixtures()
                .row(1, "app", Stage.PLANNED, "db")
                .change(
                        1,
                        row -> row.end(Outcome.NOT_LAUNCHED, reason + "; its copy was not started", OrderFixtures.NOW))
                .addEnded(2, "db", Outcome.MIGRATED)
                .addEnded(3, "other", Outcome.FAILED);

        assertThat(freedBy(fixtures, 3)).containsExactly(1);
    }

    @Test
    void chainAsLongAsTheInventoryIsHandled() {
        var fixtures = new OrderFixtures();
        int length = 20_000;
        for (int number = 1; number < length; number++) {
            fixtures.addEnded(number, "s" + number, Outcome.NOT_LAUNCHED, "s" + (number + 1));
        }
        fixtures.addEnded(length, "s" + length, Outcome.FAILED);

        assertThat(freedBy(fixtures, length)).hasSize(length - 1);
    }

    private static List<Integer> freedBy(OrderFixtures fixtures, int retried) {
        return numbers(FreedRows.find(List.of(retried(fixtures, retried)), fixtures.snapshot(), OrderFixtures.NOW));
    }

    private static LedgerRow retried(OrderFixtures fixtures, int row) {
        return fixtures.row(row).reopen(Stage.PLANNED, OrderFixtures.NOW);
    }

    private static List<Integer> numbers(List<LedgerRow> rows) {
        return rows.stream().map(LedgerRow::row).toList();
    }
}
