package dev.smsrunner.cutover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Rows whose turn cannot come any more. */
class BlockedRowsTests {

    @Test
    void rejectedServerBlocksDependentsByIdAndByName() {
        var fixtures = new OrderFixtures()
                .row(1, "app", Stage.SYNCING, "id:SOURCE-3")
                .row(2, "web", Stage.SYNCING, "db")
                .addEnded(3, "db", Outcome.REJECTED);

        assertThat(new NotLaunchedRows(fixtures.snapshot(), null, OrderFixtures.NOW).rowsToEnd(0))
                .containsOnly(
                        entry(1, "depends on id:SOURCE-3, which ended REJECTED"),
                        entry(2, "depends on db, which ended REJECTED"));
    }

    @Test
    void dependentOfFailedServerStaysWhileOthersAreOpen() {
        var fixtures = new OrderFixtures()
                .row(1, "app", Stage.SYNCING, "bad-db")
                .addEnded(2, "bad-db", Outcome.FAILED)
                .row(3, "other", Stage.REPLICATING);

        assertThat(ending(fixtures)).isEmpty();
    }

    @Test
    void dependentEndsWhenNoOtherRowIsOpen() {
        var fixtures = new OrderFixtures()
                .row(1, "app", Stage.SYNCING, "bad-db")
                .addEnded(2, "bad-db", Outcome.FAILED)
                .addEnded(3, "other", Outcome.MIGRATED);

        assertThat(ending(fixtures)).containsExactly(entry(1, "depends on bad-db, which FAILED"));
    }

    @Test
    void cycleEndsBesideARowThatIsGivenUp() {
        var fixtures = new OrderFixtures()
                .row(1, "a", Stage.SYNCING, "b")
                .row(2, "b", Stage.SYNCING, "a")
                .row(3, "app", Stage.SYNCING, "id:s-77")
                .observed(3, "SYNCING", "100")
                .change(
                        3,
                        row -> row.withObserved(
                                row.observed().withChangedAt(OrderFixtures.NOW.minus(Duration.ofHours(5)))));

        assertThat(new NotLaunchedRows(fixtures.snapshot(), Duration.ofHours(6), OrderFixtures.NOW).rowsToEnd(0))
                .as("the server outside the run may still be launched")
                .isEmpty();
        assertThat(new NotLaunchedRows(fixtures.snapshot(), Duration.ofHours(4), OrderFixtures.NOW).rowsToEnd(0))
                .as("the blocked row first: others may continue without it")
                .containsExactly(entry(3, "depends on id:s-77, which was not launched in time"));
        assertThat(ending(fixtures.row(4, "other", Stage.REPLICATING))).isEmpty();
        fixtures.addEnded(4, "other", Outcome.MIGRATED).addEnded(3, "app", Outcome.NOT_LAUNCHED, "id:s-77");
        assertThat(ending(fixtures))
                .containsExactly(
                        entry(1, "waits for itself through others: its dependency b was SYNCING"),
                        entry(2, "waits for itself through others: its dependency a was SYNCING"));
    }

    @Test
    void cycleEndsBesideABlockedRowWhenWindowIsOver() {
        var fixtures = new OrderFixtures()
                .with("cutover.window.open", "2026-12-02T18:00:00Z")
                .with("cutover.window.close", "2026-12-02T21:00:00Z")
                .row(1, "a", Stage.SYNCING, "b")
                .row(2, "b", Stage.SYNCING, "a")
                .row(3, "app", Stage.SYNCING, "bad-db")
                .addEnded(4, "bad-db", Outcome.FAILED);

        assertThat(ending(fixtures)).as("an operator may retry bad-db").isEmpty();
        assertThat(ending(fixtures.with("cutover.window.close", "2026-12-02T20:00:00Z")))
                .containsOnlyKeys(3);
        assertThat(ending(fixtures.addEnded(3, "app", Outcome.NOT_LAUNCHED, "bad-db")))
                .containsOnlyKeys(1, 2);
    }

    @Test
    void cycleOfCopiesThatWaitForTheirStartEnds() {
        var fixtures = new OrderFixtures()
                .with("cutover.when", "auto")
                .row(1, "a", Stage.TASK_READY, "b")
                .row(2, "b", Stage.TASK_READY, "a");

        assertThat(ending(fixtures)).containsOnlyKeys(1, 2);
        assertThat(ending(fixtures.row(3, "other", Stage.REPLICATING))).isEmpty();
    }

    @Test
    void chainEndsTogetherAndNamesItsCause() {
        var fixtures = new OrderFixtures()
                .row(1, "web", Stage.SYNCING, "app")
                .row(2, "app", Stage.SYNCING, "bad-db")
                .addEnded(3, "bad-db", Outcome.REJECTED);

        assertThat(ending(fixtures))
                .containsExactly(
                        entry(1, "depends on app, which depends on bad-db, which ended REJECTED"),
                        entry(2, "depends on bad-db, which ended REJECTED"));
    }

    @Test
    void rowWithoutPlaceEndsWhenAllPlacesStayInSync() {
        var fixtures = new OrderFixtures()
                .with("limits.concurrent", "2")
                .row(1, "app", Stage.SYNCING, "bad-db")
                .row(2, "web", Stage.TASK_READY, "bad-db")
                .addEnded(3, "bad-db", Outcome.FAILED)
                .row(4, "other", Stage.SYNCING, "bad-db");

        assertThat(ending(fixtures)).containsOnlyKeys(1, 2, 4);
        assertThat(ending(fixtures.with("limits.concurrent", "3"))).isEmpty();
        fixtures.row(5, "left", Stage.SYNCING)
                .observed(5, "SYNCING", "100")
                .change(5, row -> row.end(Outcome.SYNCED, null, OrderFixtures.NOW));
        assertThat(ending(fixtures)).as("one was left in sync").containsOnlyKeys(1, 2, 4);
    }

    @Test
    void rowsWithoutPlaceEndAfterBlockedRows() {
        var fixtures = new OrderFixtures()
                .with("limits.concurrent", "1")
                .addEnded(1, "held", Outcome.NOT_LAUNCHED)
                .observed(1, "SYNCING", "100")
                .row(2, "free", Stage.TASK_READY);
        var reason = "found no place: servers that stay in sync take all of them";

        assertThat(ending(fixtures)).containsExactly(entry(2, reason));
        assertThat(ending(fixtures.row(3, "app", Stage.TASK_READY, "bad-db").addEnded(4, "bad-db", Outcome.FAILED)))
                .as("the blocked row first")
                .containsOnlyKeys(3);
        fixtures.addEnded(5, "left", Outcome.SYNCED).addEnded(3, "app", Outcome.NOT_LAUNCHED);
        assertThat(ending(fixtures))
                .as("an operator launches rows left in sync")
                .isEmpty();
    }

    @Test
    void copyUnderWayKeepsTheRunOpen() {
        var fixtures = new OrderFixtures()
                .row(1, "app", Stage.SYNCING, "bad-db")
                .row(2, "web", Stage.REPLICATING, "bad-db")
                .addEnded(3, "bad-db", Outcome.FAILED);

        assertThat(ending(fixtures)).isEmpty();
    }

    @Test
    void awaitedWaveEndsBeforeTheRun() {
        var fixtures = new OrderFixtures()
                .with("waves.wave-2.after", "wave-1")
                .row(1, "app", "wave-1", Stage.SYNCING, "bad-db")
                .addEnded(2, "bad-db", "wave-1", Outcome.FAILED)
                .row(3, "web", "wave-2", Stage.SYNCING)
                .row(4, "late", "wave-3", Stage.REPLICATING)
                .row(5, "held", "wave-3", Stage.SYNCING, "bad-db");

        assertThat(ending(fixtures)).containsOnlyKeys(1);
    }

    @Test
    void awaitedWaveEndsDespiteAKeptPlace() {
        var fixtures = new OrderFixtures()
                .with("limits.concurrent", "3")
                .with("waves.wave-2.after", "wave-1")
                .row(1, "app", "wave-1", Stage.SYNCING, "bad-db")
                .addEnded(2, "bad-db", "wave-1", Outcome.FAILED)
                .row(3, "web", "wave-1", Stage.TASK_READY, "bad-db")
                .row(4, "free", "wave-2", Stage.SYNCING)
                .row(5, "late", "wave-2", Stage.TASK_READY, "middle@synced")
                .row(6, "middle", "wave-2", Stage.TASK_READY, "web");

        assertThat(ending(fixtures)).as("the last place is kept").containsOnlyKeys(1, 3);
        assertThat(ending(fixtures.with("limits.concurrent", "4")))
                .as("web finds a place")
                .isEmpty();
    }

    @Test
    void openDependencyBlocksNoRow() {
        var fixtures = new OrderFixtures().row(1, "app", Stage.SYNCING, "db").row(2, "db", Stage.SYNCING);

        assertThat(ending(fixtures)).isEmpty();
    }

    @Test
    void blockedRowStillCountsAsSynced() {
        var fixtures = new OrderFixtures()
                .row(1, "web", Stage.SYNCING, "app@synced")
                .row(2, "app", Stage.SYNCING, "bad-db")
                .addEnded(3, "bad-db", Outcome.FAILED);

        assertThat(ending(fixtures)).isEmpty();
        assertThat(ending(fixtures.change(1, row -> row.end(Outcome.MIGRATED, null, OrderFixtures.NOW))))
                .containsOnlyKeys(2);
    }

    @Test
    void forcedRowIsNotBlocked() {
        var fixtures = new OrderFixtures()
                .row(1, "app", Stage.SYNCING, "bad-db")
                .addEnded(2, "bad-db", Outcome.FAILED)
                .forceLaunch(1);

        assertThat(ending(fixtures)).isEmpty();
    }

    @Test
    void unknownNameBlocks() {
        assertThat(ending(new OrderFixtures().row(1, "app", Stage.SYNCING, "typo")))
                .containsExactly(entry(1, "depends on typo, which this run does not know"));
    }

    @Test
    void serverOutsideTheRunIsGivenUpAfterTheLimit() {
        var fixtures = new OrderFixtures()
                .row(1, "app", Stage.SYNCING, "id:s-77")
                .change(
                        1,
                        row -> row.withObserved(new ObservedState(
                                "SYNCING",
                                "syncing",
                                "syncing",
                                true,
                                null,
                                OrderFixtures.NOW.minusSeconds(3600),
                                null)));

        assertThat(ending(fixtures, Duration.ofMinutes(61))).isEmpty();
        assertThat(ending(fixtures, null)).isEmpty();
        assertThat(ending(fixtures, Duration.ofMinutes(60)))
                .containsExactly(entry(1, "depends on id:s-77, which was not launched in time"));
    }

    @Test
    void withoutManualLaunchBlockedStartEnds() {
        var fixtures = new OrderFixtures()
                .with("cutover.when", "auto")
                .row(1, "app", Stage.TASK_READY, "bad-db")
                .addEnded(2, "bad-db", Outcome.FAILED);

        assertThat(ending(fixtures)).containsExactly(entry(1, "depends on bad-db, which FAILED"));
    }

    @Test
    void noRowEndsWhilePausedOrBeforeWindowIsOver() {
        var fixtures = new OrderFixtures()
                .row(1, "app", Stage.SYNCING, "bad-db")
                .addEnded(2, "bad-db", Outcome.FAILED)
                .with("cutover.window.open", "2026-12-02T22:00:00Z")
                .with("cutover.window.close", "2026-12-03T04:00:00Z");
        assertThat(ending(fixtures)).isEmpty();

        fixtures.with("cutover.window.open", "2026-12-02T10:00:00Z")
                .with("cutover.window.close", "2026-12-02T19:00:00Z");
        assertThat(ending(fixtures)).containsOnlyKeys(1);
        assertThat(ending(fixtures.pause(OrderFixtures.NOW, "ana"))).isEmpty();
    }

    @Test
    void serverOutsideTheRunIsAwaitedFromWindowOpening() {
        var fixtures = new OrderFixtures()
                .with("cutover.window.open", "2026-12-02T19:00:00Z")
                .with("cutover.window.close", "2026-12-02T20:00:00Z")
                .row(1, "app", Stage.SYNCING, "id:s-77")
                .change(
                        1,
                        row -> row.withObserved(new ObservedState(
                                "SYNCING",
                                "syncing",
                                "syncing",
                                true,
                                null,
                                OrderFixtures.NOW.minusSeconds(36_000),
                                null)));

        assertThat(ending(fixtures, Duration.ofMinutes(61))).isEmpty();
        assertThat(ending(fixtures, Duration.ofMinutes(60))).containsOnlyKeys(1);
    }

    @Test
    void rowsWaitingForEachOtherEnd() {
        var fixtures =
                new OrderFixtures().row(1, "a", Stage.SYNCING, "id:source-2").row(2, "b", Stage.SYNCING, "id:source-1");

        assertThat(ending(fixtures))
                .containsEntry(1, "waits for itself through others: its dependency id:source-2 was SYNCING")
                .hasSize(2);
        assertThat(ending(fixtures.row(3, "c", Stage.REPLICATING))).isEmpty();
    }

    @Test
    void ambiguousNameIsReportedWithItsRow() {
        var fixtures = new OrderFixtures()
                .row(1, "app", Stage.SYNCING, "db@synced")
                .addEnded(2, "db", Outcome.MIGRATED)
                .addEnded(3, "db", Outcome.FAILED);

        assertThat(ending(fixtures)).containsExactly(entry(1, "depends on db@synced (row 3, line 4), which FAILED"));
    }

    @Test
    void chainAsLongAsTheInventoryIsHandled() {
        var fixtures = new OrderFixtures();
        int length = 20_000;
        for (int number = 1; number < length; number++) {
            fixtures.row(number, "s" + number, Stage.SYNCING, "s" + (number + 1));
        }
        fixtures.addEnded(length, "s" + length, Outcome.FAILED);

        assertThat(ending(fixtures)).hasSize(length - 1);
    }

    private static Map<Integer, String> ending(OrderFixtures fixtures) {
        return ending(fixtures, Duration.ofHours(4));
    }

    private static Map<Integer, String> ending(OrderFixtures fixtures, @Nullable Duration patience) {
        return new NotLaunchedRows(fixtures.snapshot(), patience, OrderFixtures.NOW).rowsToEnd(0);
    }
}
