package dev.smsrunner.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.ledger.Stage;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Order of the copies to start, and the obstacles of the others. */
class StartQueueTests {

    @Test
    void orderIsWaveThenPriorityThenRow() {
        var fixtures = new OrderFixtures()
                .row(1, "a", "wave-10", Stage.TASK_READY)
                .row(2, "b", "wave-2", Stage.TASK_READY)
                .row(3, "c", "wave-2", Stage.TASK_READY)
                .row(4, "d", "", Stage.TASK_READY)
                .row(5, "e", "wave-2", Stage.TASK_READY)
                .row(6, "f", "wave-1", Stage.TASK_READY)
                .priority(3, 2)
                .priority(5, 2);

        assertThat(started(fixtures)).containsExactly(6, 3, 5, 2, 1, 4);
    }

    @Test
    void startsAreLimitedByPlaces() {
        var fixtures = ready(3);

        assertThat(started(fixtures.with("limits.concurrent", "2"))).containsExactly(1, 2);
        assertThat(started(fixtures.row(4, "d", Stage.SYNCING))).containsExactly(1);
        assertThat(new StartQueue(fixtures.snapshot(), 2, OrderFixtures.NOW).next(fixtures.at(Stage.TASK_READY)))
                .isEmpty();
    }

    @Test
    void waveInPreparationHoldsLaterWaves() {
        var fixtures = new OrderFixtures()
                .row(1, "a", "wave-1", Stage.TASK_READY)
                .row(2, "b", "wave-2", Stage.TASK_READY)
                .row(3, "c", "wave-2", Stage.PLANNED)
                .row(4, "d", "wave-3", Stage.TASK_READY)
                .row(5, "e", "", Stage.TASK_READY);

        assertThat(started(fixtures)).containsExactly(1, 2);
        assertThat(obstacle(fixtures, 4)).isEqualTo("WAVE wave-2 has 1 to start");
    }

    @Test
    void rowLeavingLastPlaceHoldsNoLaterWaveWhileNothingMoves() {
        var fixtures = new OrderFixtures()
                .with("limits.concurrent", "2")
                .addEnded(1, "bad-db", "wave-1", Outcome.FAILED)
                .row(2, "app", "wave-1", Stage.SYNCING, "bad-db")
                .row(3, "middle", "wave-1", Stage.TASK_READY, "bad-db")
                .row(4, "late", "wave-1", Stage.TASK_READY, "middle@synced")
                .row(5, "free", "wave-2", Stage.TASK_READY);

        assertThat(started(fixtures)).containsExactly(5);
        assertThat(started(
                        fixtures.row(6, "copied", "wave-1", Stage.REPLICATING).with("limits.concurrent", "3")))
                .as("a copy is under way")
                .isEmpty();
        assertThat(started(fixtures.row(6, "prepared", "wave-1", Stage.PLANNED).with("limits.concurrent", "2")))
                .as("a row of the wave is being prepared")
                .isEmpty();
    }

    @Test
    void waveOfWaitingServersHoldsNoOther() {
        var fixtures = new OrderFixtures()
                .row(1, "a", "wave-1", Stage.TASK_READY)
                .change(1, row -> row.notBefore(OrderFixtures.NOW.plusSeconds(60), "later"))
                .row(2, "b", "wave-2", Stage.TASK_READY)
                .row(3, "c", "wave-1", Stage.PLANNED)
                .change(
                        3,
                        row -> row.withObserved(
                                new ObservedState(null, null, null, false, null, OrderFixtures.NOW, null)));

        assertThat(new StartQueue(fixtures.snapshot(), 0, OrderFixtures.NOW).next(List.of(fixtures.row(2))))
                .extracting(LedgerRow::row)
                .containsExactly(2);
    }

    @Test
    void waveBeforeItsStartTimeHoldsNoOther() {
        var fixtures = new OrderFixtures()
                .with("waves.wave-1.start", "2026-12-03T08:00+08:00")
                .row(1, "a", "wave-1", Stage.TASK_READY)
                .row(2, "b", "wave-2", Stage.TASK_READY);

        assertThat(started(fixtures)).containsExactly(2);
        assertThat(obstacle(fixtures, 1)).isEqualTo("START not before 2026-12-03 08:00 +08:00");
        fixtures.with("waves.wave-1.start", "2026-12-03T04:00+08:00");
        assertThat(started(fixtures)).containsExactly(1, 2);
    }

    @Test
    void waveLimitsItsPlaces() {
        var fixtures = new OrderFixtures()
                .with("waves.wave-1.concurrent", "2")
                .row(1, "a", "wave-1", Stage.SYNCING)
                .row(2, "b", "wave-1", Stage.TASK_READY)
                .row(3, "c", "wave-1", Stage.TASK_READY);

        assertThat(started(fixtures)).containsExactly(2);
        assertThat(obstacle(fixtures, 3)).isEqualTo("CAP 2 of 2 of wave-1 under way");
    }

    @Test
    void dependenciesDoNotHoldCopies() {
        var fixtures = new OrderFixtures().row(1, "app", Stage.TASK_READY, "db").row(2, "db", Stage.REPLICATING);

        assertThat(started(fixtures)).containsExactly(1);
    }

    @Test
    void blockedRowLeavesItsPlaceToOthers() {
        var fixtures = new OrderFixtures()
                .with("limits.concurrent", "2")
                .addEnded(1, "db", Outcome.FAILED)
                .row(2, "app-1", Stage.SYNCING, "db")
                .row(3, "app-2", "wave-1", Stage.TASK_READY, "db")
                .row(4, "other-1", "wave-2", Stage.TASK_READY)
                .row(5, "other-2", "wave-2", Stage.TASK_READY);

        assertThat(started(fixtures)).containsExactly(4);
        assertThat(obstacle(fixtures, 3)).isEqualTo("DEPENDS_ON db, which FAILED");
        assertThat(started(fixtures.with("limits.concurrent", "3"))).containsExactlyInAnyOrder(4, 5);
        assertThat(started(fixtures.with("limits.concurrent", "4"))).containsExactlyInAnyOrder(3, 4, 5);
    }

    @Test
    void noPlaceIsKeptForABlockedRow() {
        var fixtures = new OrderFixtures()
                .with("limits.concurrent", "2")
                .addEnded(1, "db", Outcome.FAILED)
                .row(2, "app", Stage.TASK_READY, "db")
                .row(3, "web", Stage.SYNCING, "app")
                .row(4, "other", Stage.TASK_READY);

        assertThat(started(fixtures)).containsExactly(4);
    }

    @Test
    void blockedRowIsCopiedWhenAwaitedInSync() {
        var fixtures = new OrderFixtures()
                .with("limits.concurrent", "2")
                .addEnded(1, "db", Outcome.FAILED)
                .row(2, "other", Stage.TASK_READY)
                .row(3, "app", Stage.TASK_READY, "db")
                .row(4, "web", Stage.SYNCING, "app@synced");

        assertThat(started(fixtures)).containsExactly(3);
    }

    @Test
    void rowAwaitingABlockedCopyNeedsTwoPlaces() {
        var fixtures = new OrderFixtures()
                .with("limits.concurrent", "2")
                .addEnded(1, "db", Outcome.FAILED)
                .row(2, "app", Stage.TASK_READY, "db")
                .row(3, "web", Stage.TASK_READY, "app@synced")
                .row(4, "held", Stage.SYNCING, "db")
                .row(5, "other", Stage.TASK_READY);

        assertThat(started(fixtures)).containsExactly(5);
        assertThat(new NotLaunchedRows(fixtures.snapshot(), null, OrderFixtures.NOW).rowsToEnd(0))
                .isEmpty();
        fixtures.addEnded(5, "other", Outcome.MIGRATED);
        assertThat(started(fixtures)).isEmpty();
        assertThat(new NotLaunchedRows(fixtures.snapshot(), null, OrderFixtures.NOW).rowsToEnd(0))
                .containsOnlyKeys(2, 4);
        fixtures.with("limits.concurrent", "3");
        assertThat(new NotLaunchedRows(fixtures.snapshot(), null, OrderFixtures.NOW).rowsToEnd(0))
                .isEmpty();
        assertThat(started(fixtures)).contains(3);
    }

    @Test
    void blockedRowsDoNotFillTheirWave() {
        var fixtures = new OrderFixtures()
                .with("waves.wave-2.concurrent", "1")
                .addEnded(1, "db", "wave-1", Outcome.FAILED)
                .row(2, "app", "wave-2", Stage.SYNCING, "db")
                .row(3, "other", "wave-2", Stage.TASK_READY);

        assertThat(started(fixtures)).containsExactly(3);
    }

    @Test
    void dependenciesHoldStartsWithoutManualLaunch() {
        var fixtures = new OrderFixtures()
                .with("cutover.when", "auto")
                .with("waves.wave-2.after", "wave-1")
                .row(1, "app", Stage.TASK_READY, "db")
                .row(2, "db", "wave-1", Stage.REPLICATING)
                .row(3, "web", "wave-2", Stage.TASK_READY);

        assertThat(started(fixtures)).isEmpty();
        assertThat(obstacle(fixtures, 1)).isEqualTo("DEPENDS_ON db, REPLICATING");
        assertThat(obstacle(fixtures, 3)).isEqualTo("AFTER wave-1, 1 row open");
        assertThat(started(fixtures.change(2, row -> row.end(Outcome.MIGRATED, null, OrderFixtures.NOW))))
                .containsExactly(3, 1);
    }

    @Test
    void prerequisiteIsStartedFirst() {
        var fixtures = new OrderFixtures()
                .with("limits.concurrent", "1")
                .row(1, "app", Stage.TASK_READY, "mq")
                .row(2, "mq", Stage.TASK_READY, "db")
                .row(3, "db", Stage.TASK_READY);

        assertThat(started(fixtures)).containsExactly(3);
        assertThat(started(fixtures.with("limits.concurrent", "2"))).containsExactly(3, 2);
    }

    @Test
    void serversInSyncLeaveAPlaceToTheirPrerequisite() {
        var fixtures = new OrderFixtures()
                .with("limits.concurrent", "3")
                .row(1, "app-1", Stage.SYNCING, "db")
                .row(2, "app-2", Stage.TASK_READY, "db")
                .row(3, "app-3", Stage.TASK_READY, "db")
                .row(4, "db", Stage.PLANNED);

        assertThat(started(fixtures)).containsExactly(2);
        assertThat(obstacle(fixtures, 3)).startsWith("CAP 2 of 3 under way, 1 of them in sync, 1 kept for servers");
    }

    @Test
    void placeOfTheWaveIsKeptForItsPrerequisite() {
        var fixtures = new OrderFixtures()
                .with("waves.w1.concurrent", "2")
                .row(1, "app-1", "w1", Stage.TASK_READY, "db")
                .row(2, "app-2", "w1", Stage.TASK_READY, "db")
                .row(3, "db", "w1", Stage.PLANNED);

        assertThat(started(fixtures)).containsExactly(1);
        assertThat(obstacle(fixtures, 2))
                .isEqualTo("CAP 1 of 2 of w1 under way, 1 kept for servers that others wait for");
    }

    @Test
    void onePlaceIsKeptForAllPrerequisites() {
        var fixtures = ready(12).with("limits.concurrent", "10").with("waves.later.start", "2026-12-09T08:00+08:00");
        var parents = new String[9];
        for (int i = 0; i < parents.length; i++) {
            parents[i] = "parent-" + i;
            fixtures.row(20 + i, parents[i], "later", Stage.TASK_READY);
        }
        fixtures.row(40, "app", Stage.SYNCING, parents);

        assertThat(started(fixtures)).hasSize(8);
    }

    @Test
    void eachOfTwoPrerequisitesMayTakeTheLastPlace() {
        var fixtures = new OrderFixtures()
                .with("limits.concurrent", "4")
                .row(1, "web-1", "wave-1", Stage.SYNCING, "db-2")
                .row(2, "app-1", "wave-1", Stage.SYNCING, "db-1")
                .row(3, "app-2", "wave-1", Stage.SYNCING, "db-1")
                .row(4, "app-3", "wave-1", Stage.TASK_READY, "db-1")
                .row(5, "db-2", "wave-2", Stage.TASK_READY)
                .row(6, "db-1", "wave-3", Stage.TASK_READY);

        assertThat(started(fixtures)).containsExactly(6);
    }

    @Test
    void firstOfAChainTakesTheLastPlace() {
        var fixtures = new OrderFixtures()
                .with("limits.concurrent", "4")
                .row(1, "a", "wave-1", Stage.SYNCING, "app")
                .row(2, "b", "wave-1", Stage.SYNCING, "app")
                .row(3, "c", "wave-1", Stage.SYNCING, "app")
                .row(4, "d", "wave-1", Stage.TASK_READY, "app")
                .row(5, "app", "wave-2", Stage.TASK_READY, "db")
                .row(6, "db", "wave-3", Stage.TASK_READY);

        assertThat(started(fixtures)).containsExactly(6);
        fixtures.change(6, row -> row.withStage(Stage.STARTED, OrderFixtures.NOW));
        assertThat(started(fixtures)).isEmpty();
        fixtures.change(6, row -> row.end(Outcome.MIGRATED, null, OrderFixtures.NOW));
        assertThat(started(fixtures)).containsExactly(5);
    }

    @Test
    void prerequisiteOfALaterWaveComesFirstWithOnePlace() {
        var fixtures = new OrderFixtures()
                .with("limits.concurrent", "1")
                .row(1, "app", "wave-1", Stage.TASK_READY, "db")
                .row(2, "db", "wave-2", Stage.TASK_READY)
                .row(3, "other", "wave-2", Stage.TASK_READY);

        assertThat(started(fixtures)).containsExactly(2);
    }

    @Test
    void serversThatEndedInSyncOccupyPlaces() {
        var fixtures = ready(2).with("limits.concurrent", "2")
                .row(3, "synced", Stage.SYNCING)
                .observed(3, "SYNCING", null)
                .change(3, row -> row.end(Outcome.SYNCED, null, OrderFixtures.NOW));

        assertThat(started(fixtures)).containsExactly(1);
        assertThat(obstacle(fixtures, 2)).isEqualTo("CAP 2 of 2 under way, 1 of them in sync, 1st in line");
    }

    @Test
    void prerequisiteOfAServerUnderWayIgnoresWaveOrder() {
        var fixtures = new OrderFixtures()
                .row(1, "app", "wave-1", Stage.SYNCING, "db")
                .row(2, "slow", "wave-1", Stage.PLANNED)
                .row(3, "db", "wave-2", Stage.TASK_READY)
                .row(4, "web", "wave-2", Stage.TASK_READY);

        assertThat(started(fixtures)).containsExactly(3);
    }

    @Test
    void positionInLineIsCounted() {
        var fixtures = ready(40).with("limits.concurrent", "6");
        for (int number = 41; number <= 46; number++) {
            fixtures.row(number, "sync-" + number, Stage.SYNCING);
        }

        assertThat(obstacle(fixtures, 34)).isEqualTo("CAP 6 of 6 under way, 6 of them in sync, 34th in line");
    }

    @Test
    void pausedRunRestartsServersUnderWay() {
        var fixtures = ready(1).row(2, "failed", Stage.REPLICATING)
                .observed(2, "MIGRATE_FAIL", "1 of 2 bytes")
                .change(2, row -> row.notBefore(OrderFixtures.NOW.minusSeconds(1), "restart 1 of 2"))
                .pause(OrderFixtures.NOW, "ana");

        assertThat(new StartQueue(fixtures.snapshot(), 0, OrderFixtures.NOW)
                        .next(List.of(fixtures.row(1), fixtures.row(2))))
                .extracting(LedgerRow::row)
                .containsExactly(2);
    }

    @Test
    void placesAreCountedAsSmsCounts() {
        var lost = new RowCall(Operation.START, CallState.UNKNOWN, 2, OrderFixtures.NOW);
        var fixtures = new OrderFixtures()
                .row(1, "copying", Stage.REPLICATING)
                .row(2, "in-sync", Stage.SYNCING)
                .row(3, "launching", Stage.LAUNCHING)
                .row(4, "perhaps", Stage.TASK_READY)
                .change(4, row -> row.withCall(lost))
                .row(5, "ready", Stage.TASK_READY)
                .row(6, "failed", Stage.REPLICATING)
                .observed(6, "MIGRATE_FAIL", null)
                .change(6, row -> row.notBefore(OrderFixtures.NOW.plusSeconds(30), "restart 1 of 2"))
                .row(7, "restarted", Stage.STARTED)
                .observed(7, "MIGRATE_FAIL", null)
                .addEnded(8, "done", Outcome.MIGRATED);

        assertThat(fixtures.snapshot().rows().stream().filter(OccupiedPlaces::takesOne))
                .extracting(LedgerRow::row)
                .containsExactly(1, 2, 3, 4, 7);
    }

    @Test
    void retriedServerKeepsItsPlaceWhileItsTaskRuns() {
        var fixtures = new OrderFixtures().with("limits.concurrent", "4").addEnded(1, "bad-db", Outcome.FAILED);
        for (int number = 2; number <= 5; number++) {
            fixtures.addEnded(number, "app" + number, Outcome.NOT_LAUNCHED, "bad-db")
                    .change(number, StartQueueTests::inSync)
                    .row(number + 4, "next" + number, Stage.TASK_READY);
        }
        assertThat(started(fixtures)).isEmpty();

        for (int number = 1; number <= 5; number++) {
            fixtures.change(number, row -> row.reopen(Stage.PLANNED, OrderFixtures.NOW));
        }

        assertThat(started(fixtures)).isEmpty();
        var waiting = WaitingReasons.of(fixtures.snapshot(), OrderFixtures.NOW);
        assertThat(waiting.get(6).line()).isEqualTo("CAP 4 of 4 under way, 4 of them in sync, 1st in line");
        assertThat(waiting.get(2).line()).isEqualTo("TASK its migration task already runs (SYNCING)");
        assertThat(started(fixtures.with("limits.concurrent", "6")))
                .as("the last place is kept for the database")
                .hasSize(1);
    }

    @Test
    void serverCopiedBeforeTheRunOccupiesAPlace() {
        var fixtures = new OrderFixtures()
                .with("limits.concurrent", "1")
                .row(1, "before", Stage.PLANNED)
                .observed(1, "running", null)
                .row(2, "next", Stage.TASK_READY);

        assertThat(started(fixtures)).isEmpty();
        assertThat(started(fixtures.observed(1, "READY", null))).containsExactly(2);
    }

    private static LedgerRow inSync(LedgerRow row) {
        return row.withObserved(
                new ObservedState("SYNCING", "syncing", "syncing", true, null, OrderFixtures.NOW, null));
    }

    @Test
    void chainAsLongAsTheInventoryIsHandled() {
        var fixtures = new OrderFixtures();
        int length = 20_000;
        for (int number = 1; number <= length; number++) {
            fixtures.row(
                    number,
                    "s" + number,
                    Stage.TASK_READY,
                    number == length ? new String[0] : new String[] {"s" + (number + 1)});
        }

        assertThat(started(fixtures).get(0)).isEqualTo(length);
    }

    @Test
    void orderIsIndependentOfRowOrder() {
        var fixtures = ready(20);
        var rows = new ArrayList<>(fixtures.at(Stage.TASK_READY));
        Collections.shuffle(rows, new Random(3));

        assertThat(new StartQueue(fixtures.snapshot(), 0, OrderFixtures.NOW).next(rows))
                .isEqualTo(fixtures.at(Stage.TASK_READY));
    }

    private static OrderFixtures ready(int count) {
        var fixtures = new OrderFixtures();
        for (int number = 1; number <= count; number++) {
            fixtures.row(number, "server-" + number, Stage.TASK_READY);
        }
        return fixtures;
    }

    private static List<Integer> started(OrderFixtures fixtures) {
        return new StartQueue(fixtures.snapshot(), 0, OrderFixtures.NOW)
                .next(fixtures.at(Stage.TASK_READY)).stream()
                        .map(LedgerRow::row)
                        .toList();
    }

    private static String obstacle(OrderFixtures fixtures, int row) {
        return new StartQueue(fixtures.snapshot(), 0, OrderFixtures.NOW)
                .obstacles(fixtures.at(Stage.TASK_READY))
                .get(row)
                .line();
    }
}
