package dev.smsrunner.cutover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.cutover.Obstacle.Kind;
import dev.smsrunner.ledger.ActiveControls;
import dev.smsrunner.ledger.ActiveControlsBuilder;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.ledger.Stage;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Obstacles of the open rows. */
class WaitingReasonsTests {

    @Test
    void onlyOpenRowsHaveAnObstacle() {
        var fixtures = new OrderFixtures()
                .with("limits.concurrent", "7")
                .with("waves.wave-9.start", "2026-12-04T08:00+08:00")
                .row(1, "planned", Stage.PLANNED)
                .change(1, row -> row.notBefore(OrderFixtures.NOW.plusSeconds(30), "SMS is busy"))
                .row(2, "copying", Stage.REPLICATING)
                .observed(2, "RUNNING", "1 of 4 bytes, syncing")
                .row(3, "app", Stage.SYNCING, "copying")
                .row(4, "launching", Stage.LAUNCHING)
                .row(5, "lost", Stage.SYNCING)
                .change(5, row -> row.withCall(new RowCall(Operation.LAUNCH, CallState.UNKNOWN, 3, OrderFixtures.NOW)))
                .row(6, "away", Stage.REPLICATING)
                .change(
                        6,
                        row -> row.withObserved(new ObservedState(
                                "RUNNING", "replicating", "replicating", false, null, OrderFixtures.NOW, null)))
                .row(7, "odd", Stage.REPLICATING)
                .change(7, row -> row.withAttention("state not known to this version: task DANCING"))
                .row(8, "stalled", Stage.REPLICATING)
                .change(8, row -> row.withAttention("stalled: no change for 30 min or more"))
                .row(14, "slow", Stage.REPLICATING)
                .change(14, row -> row.withAttention("slow: since 20:00"))
                .row(15, "full", Stage.REPLICATING)
                .change(15, row -> row.withAttention("not in sync: all bytes are copied since 20:00"))
                .row(16, "too-fast", Stage.REPLICATING)
                .change(16, row -> row.withAttention("over speed: raise the limit"))
                .row(17, "stopped", Stage.REPLICATING)
                .change(17, row -> row.withAttention("paused, not by this run: start it"))
                .row(18, "differs", Stage.SYNCING)
                .change(18, row -> row.withAttention("not launched, consistency check: 2 files are not the same"))
                .row(19, "other", Stage.SYNCING)
                .change(19, row -> row.withAttention("slowly but well"))
                .row(20, "form", Stage.SYNCING)
                .change(
                        20,
                        row -> row.withAttention(
                                "Its task t is used as it is, although it differs from the row: migration_type: row A, task B."))
                .row(21, "early", Stage.LAUNCHING)
                .change(21, row -> row.withAttention("launched before the window opened at 22:00, not by this run"))
                .row(9, "failed", Stage.REPLICATING)
                .observed(9, "MIGRATE_FAIL", null)
                .change(9, row -> row.withAttempt().notBefore(OrderFixtures.NOW.plusSeconds(300), null))
                .row(10, "ready", "wave-1", Stage.TASK_READY)
                .row(11, "later", "wave-9", Stage.TASK_READY)
                .row(12, "next", Stage.SYNCING)
                .addEnded(13, "done", Outcome.MIGRATED);

        var found = WaitingReasons.of(fixtures.snapshot(), OrderFixtures.NOW);

        assertThat(lines(found))
                .isEqualTo(Map.ofEntries(
                        Map.entry(1, "BACKOFF next attempt at 2026-12-02 20:00 +00:00: SMS is busy"),
                        Map.entry(2, "COPY REPLICATING 25 %"),
                        Map.entry(3, "DEPENDS_ON copying, REPLICATING 25 %"),
                        Map.entry(4, "LAUNCH SMS launches the target"),
                        Map.entry(5, "LOST_ANSWER of LAUNCH; checking whether it was executed"),
                        Map.entry(6, "AGENT away since 2026-12-02 20:00 +00:00"),
                        Map.entry(7, "UNKNOWN_STATE task none, copy state none, cycle none"),
                        Map.entry(8, "STALLED no change for 30 min or more"),
                        Map.entry(14, "SLOW since 20:00"),
                        Map.entry(15, "NOT_IN_SYNC all bytes are copied since 20:00"),
                        Map.entry(16, "OVER_SPEED raise the limit"),
                        Map.entry(17, "TASK_PAUSED start it"),
                        Map.entry(18, "CONSISTENCY 2 files are not the same"),
                        Map.entry(19, "ATTENTION slowly but well"),
                        Map.entry(20, "NEXT launched at the next poll"),
                        Map.entry(21, "LAUNCH SMS launches the target"),
                        Map.entry(9, "BACKOFF start 2 at 2026-12-02 20:05 +00:00"),
                        Map.entry(10, "CAP 16 of 7 under way, 6 of them in sync, 1st in line"),
                        Map.entry(11, "START not before 2026-12-04 08:00 +08:00"),
                        Map.entry(12, "NEXT launched at the next poll")));
        assertThat(WaitingReasons.counts(found)).containsEntry(Kind.BACKOFF, 2).containsEntry(Kind.CAP, 1);
    }

    @Test
    void chainLeadsToTheFirstObstacle() {
        var fixtures = new OrderFixtures()
                .with("waves.wave-2.after", "wave-1")
                .row(1, "web", "wave-2", Stage.SYNCING)
                .row(2, "app", "wave-1", Stage.SYNCING, "db")
                .row(3, "db", "wave-0", Stage.REPLICATING);

        assertThat(WaitingReasons.chain(1, WaitingReasons.of(fixtures.snapshot(), OrderFixtures.NOW)))
                .containsExactly(1, 2, 3);
    }

    @Test
    void pauseIsTheObstacleOfRowsNotUnderWay() {
        var fixtures = new OrderFixtures()
                .row(1, "ready", Stage.TASK_READY)
                .row(2, "in-sync", Stage.SYNCING)
                .row(3, "copying", Stage.REPLICATING)
                .pause(OrderFixtures.NOW, "ana");

        assertThat(WaitingReasons.counts(WaitingReasons.of(fixtures.snapshot(), OrderFixtures.NOW)))
                .isEqualTo(Map.of(Kind.PAUSED, 2, Kind.COPY, 1));
    }

    @Test
    void outageIsTheOnlyObstacle() {
        var fixtures = new OrderFixtures()
                .row(1, "ready", Stage.TASK_READY)
                .row(2, "odd", Stage.REPLICATING)
                .change(2, row -> row.withAttention("state not known to this version: task DANCING"))
                .addEnded(3, "done", Outcome.MIGRATED)
                .controls(ActiveControlsBuilder.builder(ActiveControls.NONE)
                        .serviceAwaySince(OrderFixtures.NOW)
                        .build());

        var found = WaitingReasons.of(fixtures.snapshot(), OrderFixtures.NOW.plusSeconds(60));

        assertThat(lines(found))
                .isEqualTo(Map.of(
                        1, "API away since 2026-12-02 20:00 +00:00", 2, "API away since 2026-12-02 20:00 +00:00"));
        assertThat(found.get(1).since()).isEqualTo(OrderFixtures.NOW);
    }

    private static Map<Integer, String> lines(Map<Integer, Obstacle> obstacles) {
        var lines = new java.util.HashMap<Integer, String>();
        obstacles.forEach((row, obstacle) -> lines.put(row, obstacle.line()));
        return lines;
    }
}
