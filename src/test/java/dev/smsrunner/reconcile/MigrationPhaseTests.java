package dev.smsrunner.reconcile;

import static dev.smsrunner.reconcile.MigrationPhase.BETWEEN;
import static dev.smsrunner.reconcile.MigrationPhase.COPYING;
import static dev.smsrunner.reconcile.MigrationPhase.FAILED;
import static dev.smsrunner.reconcile.MigrationPhase.FINISHED;
import static dev.smsrunner.reconcile.MigrationPhase.IDLE;
import static dev.smsrunner.reconcile.MigrationPhase.LAUNCHING;
import static dev.smsrunner.reconcile.MigrationPhase.NO_SOURCE;
import static dev.smsrunner.reconcile.MigrationPhase.NO_TASK;
import static dev.smsrunner.reconcile.MigrationPhase.PAUSED;
import static dev.smsrunner.reconcile.MigrationPhase.SYNCED;
import static dev.smsrunner.reconcile.MigrationPhase.UNKNOWN;
import static dev.smsrunner.reconcile.MigrationPhase.WAYPOINT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.sms.CopyState;
import dev.smsrunner.sms.MigrationCycle;
import dev.smsrunner.sms.TaskState;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Combinations of task state, copy state and cycle: all 3,696, and the documented ones by name. */
class MigrationPhaseTests {

    private static final Set<CopyState> LAUNCHED = EnumSet.of(CopyState.FINISHED, CopyState.CLEARED);

    @Test
    void unknownTextIsUnknownPhase() {
        each((task, copy, cycle, meant) -> assertThat(meant == UNKNOWN)
                .as("%s %s %s", task, copy, cycle)
                .isEqualTo(task == TaskState.UNKNOWN || copy == CopyState.UNKNOWN || cycle == MigrationCycle.UNKNOWN));
    }

    @Test
    void finishedNeedsSuccessAndLaunchedSource() {
        each((task, copy, cycle, meant) -> assertThat(meant == FINISHED)
                .as("%s %s %s", task, copy, cycle)
                .isEqualTo(task.isSuccess()
                        && (LAUNCHED.contains(copy) || cycle == MigrationCycle.CUTOVERED)
                        && known(copy, cycle)));
    }

    @Test
    void syncedNeedsSynchronisingTask() {
        each((task, copy, cycle, meant) -> {
            if (meant == SYNCED) {
                assertThat(task).isEqualTo(TaskState.SYNCING);
                assertThat(copy).isIn(CopyState.SYNCING, CopyState.ABSENT);
                assertThat(copy == CopyState.SYNCING || cycle == MigrationCycle.SYNCING)
                        .isTrue();
            }
        });
    }

    @Test
    void startablePhasesMatchStartableTaskStates() {
        each((task, copy, cycle, meant) -> assertThat(meant == IDLE || meant == PAUSED || meant == FAILED)
                .as("%s %s %s", task, copy, cycle)
                .isEqualTo(task.isStartable() && known(copy, cycle)));
    }

    @Test
    void startableTaskStatesHaveDistinctPhases() {
        each((task, copy, cycle, meant) -> {
            assertThat(meant == IDLE).isEqualTo(task == TaskState.READY && known(copy, cycle));
            assertThat(meant == PAUSED).isEqualTo(task == TaskState.ABORT && known(copy, cycle));
            assertThat(meant == FAILED).isEqualTo(task.isFailure() && known(copy, cycle));
        });
    }

    @Test
    void noTaskNeedsSourceWithoutTask() {
        each((task, copy, cycle, meant) ->
                assertThat(meant == NO_TASK).isEqualTo(task == TaskState.ABSENT && known(copy, cycle)));
    }

    @Test
    void launchingNeedsLaunchingSource() {
        each((task, copy, cycle, meant) -> {
            if (meant == LAUNCHING) {
                assertThat(copy == CopyState.CUTOVERING
                                || cycle == MigrationCycle.CUTOVERING
                                || LAUNCHED.contains(copy)
                                || cycle == MigrationCycle.CUTOVERED)
                        .as("%s %s %s", task, copy, cycle)
                        .isTrue();
                assertThat(task)
                        .isIn(TaskState.RUNNING, TaskState.SYNCING, TaskState.MIGRATE_SUCCESS, TaskState.SYNC_SUCCESS);
            }
        });
    }

    @Test
    void statesNeverGiveNoSource() {
        each((task, copy, cycle, meant) -> assertThat(meant).isNotEqualTo(NO_SOURCE));
    }

    @Test
    void phaseCountsMatchTable() {
        var counts = new EnumMap<MigrationPhase, Integer>(MigrationPhase.class);
        each((task, copy, cycle, meant) -> counts.merge(meant, 1, Integer::sum));

        assertThat(counts)
                .hasToString("{NO_TASK=231, UNKNOWN=759, IDLE=231, PAUSED=231, COPYING=152, WAYPOINT=324, SYNCED=10,"
                        + " LAUNCHING=194, FINISHED=82, FAILED=693, BETWEEN=1317}");
    }

    /** The pairings of the API page by page: agent, create, start, copy, launch, stop, failure, clear, drill, delete. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
            -               | waiting     | checking    | NO_TASK
            -               | unavailable | checking    | NO_TASK
            READY           | waiting     | setting     | IDLE
            RUNNING         | initialize  | replicating | COPYING
            RUNNING         | INIT        | replicating | COPYING
            RUNNING         | replicate   | replicating | COPYING
            RUNNING         | waiting     | setting     | COPYING
            RUNNING         | syncing     | replicating | COPYING
            RUNNING         | cutovering  | cutovering  | LAUNCHING
            MIGRATE_SUCCESS | cutovering  | cutovering  | LAUNCHING
            MIGRATE_SUCCESS | finished    | cutovered   | FINISHED
            MIGRATE_SUCCESS | finished    | -           | FINISHED
            MIGRATE_SUCCESS | -           | cutovered   | FINISHED
            MIGRATE_SUCCESS | syncing     | syncing     | WAYPOINT
            MIGRATE_SUCCESS | replicate   | replicating | WAYPOINT
            MIGRATE_SUCCESS | -           | -           | WAYPOINT
            SYNCING         | syncing     | syncing     | SYNCED
            SYNCING         | -           | syncing     | SYNCED
            SYNCING         | replicate   | replicating | COPYING
            SYNCING         | cutovering  | cutovering  | LAUNCHING
            SYNCING         | finished    | cutovered   | LAUNCHING
            SYNC_SUCCESS    | finished    | cutovered   | FINISHED
            SYNC_SUCCESS    | cutovering  | cutovering  | LAUNCHING
            SUCCESS         | finished    | cutovered   | FINISHED
            SYNCING         | cloning     | syncing     | BETWEEN
            SYNCING         | skipping    | syncing     | BETWEEN
            ABORTING        | stopping    | replicating | BETWEEN
            RUNNING         | stopping    | replicating | BETWEEN
            ABORT           | stopped     | replicating | PAUSED
            ABORT           | stopped     | syncing     | PAUSED
            MIGRATE_FAIL    | error       | replicating | FAILED
            SYNC_FAIL       | error       | syncing     | FAILED
            FAIL            | error       | replicating | FAILED
            MIGRATE_FAIL    | finished    | cutovered   | FAILED
            RUNNING         | error       | replicating | BETWEEN
            MIGRATE_SUCCESS | clearing    | cutovered   | FINISHED
            MIGRATE_SUCCESS | cleared     | cutovered   | FINISHED
            MIGRATE_SUCCESS | clearfailed | cutovered   | FINISHED
            MIGRATE_SUCCESS | clearing    | syncing     | WAYPOINT
            RUNNING         | premiging   | replicating | COPYING
            DELETING        | deleting    | setting     | BETWEEN
            RESETING        | error       | syncing     | BETWEEN
            RESETTING       | error       | syncing     | BETWEEN
            SYNC_F_ROLLBACKING      | error | syncing   | BETWEEN
            SYNC_F_ROLLBACK_SUCCESS | error | syncing   | FAILED
            SKIPPING        | skipping    | replicating | BETWEEN
            CUTOVER_READY   | syncing     | syncing     | UNKNOWN
            RUNNING         | flying      | replicating | UNKNOWN
            RUNNING         | replicate   | orbiting    | UNKNOWN
            -               | flying      | checking    | UNKNOWN
            UNKNOWN         | waiting     | setting     | UNKNOWN
            """)
    void documentedPairings(String task, String copy, String cycle, MigrationPhase meant) {
        assertThat(MigrationPhase.of(TaskState.of(task), CopyState.of(copy), MigrationCycle.of(cycle)))
                .isEqualTo(meant);
        assertThat(MigrationPhase.of(
                        TaskState.of(lower(task)), CopyState.of(upper(copy)), MigrationCycle.of(upper(cycle))))
                .as("in another letter case")
                .isEqualTo(meant);
    }

    @Test
    void everyPhaseButNoSourceIsReached() {
        var reached = EnumSet.noneOf(MigrationPhase.class);
        each((task, copy, cycle, meant) -> reached.add(meant));

        assertThat(reached).isEqualTo(EnumSet.complementOf(EnumSet.of(NO_SOURCE)));
        assertThat(reached).contains(COPYING, BETWEEN, WAYPOINT);
    }

    private static boolean known(CopyState copy, MigrationCycle cycle) {
        return copy != CopyState.UNKNOWN && cycle != MigrationCycle.UNKNOWN;
    }

    private static String lower(String text) {
        return text == null ? null : text.toLowerCase(java.util.Locale.ROOT);
    }

    private static String upper(String text) {
        return text == null ? null : text.toUpperCase(java.util.Locale.ROOT);
    }

    private interface Check {
        void on(TaskState task, CopyState copy, MigrationCycle cycle, MigrationPhase meant);
    }

    private static void each(Check check) {
        for (var task : TaskState.values()) {
            for (var copy : CopyState.values()) {
                for (var cycle : MigrationCycle.values()) {
                    check.on(task, copy, cycle, MigrationPhase.of(task, copy, cycle));
                }
            }
        }
    }
}
