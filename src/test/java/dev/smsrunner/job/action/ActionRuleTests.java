package dev.smsrunner.job.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.job.action.ActionRule.AfterCall;
import dev.smsrunner.job.action.ActionRule.BeforeCall;
import dev.smsrunner.sms.CopyState;
import dev.smsrunner.sms.MigrationCycle;
import dev.smsrunner.sms.TaskState;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The table of operations, line by line. */
class ActionRuleTests {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "start          | READY PAUSED FAILED ROLLED_BACK",
                "stop           | COPYING SYNCED DRILLED DRILL_FAILED",
                "restart        | FINISHED PAUSED FAILED ROLLED_BACK",
                "test           | SYNCED DRILLED DRILL_FAILED",
                "clone_test     | SYNCED",
                "skip           | SYNCED",
                "migration_test | SYNCED DRILL_FAILED",
                "clear          | FINISHED CLEAR_FAILED",
                "sync_failed_rollback | FAILED"
            })
    void operationIsSentOnlyInItsPhases(String operation, String points) {
        assertThat(where(operation, BeforeCall.SEND)).isEqualTo(points);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "start          | NO_TASK UNAVAILABLE DRILL_FAILED FINISHED CLEARING CLEARED CLEAR_FAILED DELETING",
                "stop           | NO_TASK UNAVAILABLE READY LAUNCHING FINISHED CLEARING CLEARED CLEAR_FAILED FAILED"
                        + " ROLLING_BACK ROLLED_BACK DELETING",
                "test           | NO_TASK UNAVAILABLE READY COPYING PAUSING PAUSED FAILED ROLLING_BACK"
                        + " ROLLED_BACK DELETING",
                "network_check  | NO_TASK UNAVAILABLE ROLLING_BACK DELETING"
            })
    void operationDoesNotApplyInOtherPhases(String operation, String points) {
        assertThat(where(operation, BeforeCall.NOT_APPLICABLE)).isEqualTo(points);
    }

    @Test
    void unknownStateOrMissingTaskSendsNothing() {
        for (var operation : ActionRule.knownOperations()) {
            assertThat(ActionRule.of(operation).beforeCall(ActionPhase.UNKNOWN)).isEqualTo(BeforeCall.WAIT);
            assertThat(ActionRule.of(operation).beforeCall(ActionPhase.NO_TASK)).isEqualTo(BeforeCall.NOT_APPLICABLE);
        }
        assertThat(ActionRule.of("cutover").beforeCall(ActionPhase.UNKNOWN)).isEqualTo(BeforeCall.WAIT);
    }

    @Test
    void phaseIsInOneSetBeforeTheCall() {
        for (var operation : ActionRule.knownOperations()) {
            var rule = ActionRule.of(operation);
            for (var phase : ActionPhase.values()) {
                long sets = java.util.stream.Stream.of(rule.sendPhases(), rule.waitPhases(), rule.reachedPhases())
                        .filter(set -> set.contains(phase))
                        .count();
                assertThat(sets).as(operation + " at " + phase).isLessThanOrEqualTo(1);
                assertThat(rule.donePhases().contains(phase)
                                && rule.failedPhases().contains(phase))
                        .as(operation + " after the call at " + phase)
                        .isFalse();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "start, COPYING, DONE",
        "start, READY, WAIT",
        "start, FAILED, FAILED",
        "stop, PAUSING, WAIT",
        "stop, PAUSED, DONE",
        "stop, FINISHED, FAILED",
        "test, LAUNCHING, WAIT",
        "test, FINISHED, DONE",
        "test, FAILED, FAILED",
        "clone_test, CLONING, WAIT",
        "clone_test, SYNCED, DONE",
        "migration_test, DRILLING, WAIT",
        "migration_test, DRILLED, DONE",
        "migration_test, DRILL_FAILED, FAILED",
        "clear, CLEARING, WAIT",
        "clear, CLEARED, DONE",
        "clear, CLEAR_FAILED, FAILED",
        "network_check, COPYING, DONE",
        "collect_log, COPYING, DONE"
    })
    void phaseDecidesAfterTheCall(String operation, ActionPhase phase, AfterCall expected) {
        assertThat(ActionRule.of(operation).afterCall(phase, false)).isEqualTo(expected);
    }

    @Test
    void unchangedPhaseProvesNothing() {
        assertThat(ActionRule.of("start").afterCall(ActionPhase.FAILED, true)).isEqualTo(AfterCall.WAIT);
        assertThat(ActionRule.of("clone_test").afterCall(ActionPhase.SYNCED, true))
                .isEqualTo(AfterCall.WAIT);
        assertThat(ActionRule.of("stop").afterCall(ActionPhase.PAUSED, true)).isEqualTo(AfterCall.DONE);
    }

    @ParameterizedTest
    @CsvSource({
        "READY, waiting, setting, READY",
        "READY, unavailable, checking, UNAVAILABLE",
        "RUNNING, init, replicating, COPYING",
        "MIGRATE_SUCCESS, replicate, replicating, WAYPOINT",
        "MIGRATE_SUCCESS, syncing, syncing, SYNCED",
        "SYNCING, syncing, syncing, SYNCED",
        "SYNCING, cloning, syncing, CLONING",
        "SYNCING, premiged, syncing, DRILLED",
        "SYNCING, cutovering, cutovering, LAUNCHING",
        "SYNC_SUCCESS, finished, cutovered, FINISHED",
        "MIGRATE_SUCCESS, cleared, cutovered, CLEARED",
        "ABORTING, stopping, replicating, PAUSING",
        "ABORT, stopped, replicating, PAUSED",
        "MIGRATE_FAIL, error, replicating, FAILED",
        "SYNC_FAIL, premigfailed, syncing, DRILL_FAILED",
        "SYNC_F_ROLLBACKING, error, syncing, ROLLING_BACK",
        "SYNC_F_ROLLBACK_SUCCESS, error, syncing, ROLLED_BACK",
        "RUNNING, rebalancing, replicating, UNKNOWN",
        "'', waiting, checking, NO_TASK",
        "DELETING, deleting, setting, DELETING"
    })
    void threeStatesGiveOnePhase(String task, String copy, String cycle, ActionPhase expected) {
        assertThat(ActionPhase.of(TaskState.of(task), CopyState.of(copy), MigrationCycle.of(cycle)))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "start, READY, COPYING, true",
        "start, READY, READY, false",
        "start, READY, FAILED, true",
        "start, FAILED, FAILED, false",
        "stop, COPYING, PAUSING, true",
        "stop, COPYING, PAUSED, true",
        "stop, COPYING, WAYPOINT, false",
        "stop, COPYING, SYNCED, false",
        "stop, SYNCED, CLONING, false",
        "test, SYNCED, LAUNCHING, true",
        "test, SYNCED, CLONING, false",
        "clone_test, SYNCED, CLONING, true",
        "clone_test, SYNCED, FINISHED, false",
        "skip, SYNCED, SKIPPING, true",
        "migration_test, SYNCED, DRILLED, true",
        "migration_test, DRILL_FAILED, DRILL_FAILED, false",
        "clear, FINISHED, CLEARING, true",
        "clear, CLEAR_FAILED, CLEAR_FAILED, false",
        "network_check, COPYING, COPYING, false",
        "sync_failed_rollback, FAILED, ROLLING_BACK, true",
        "sync_failed_rollback, FAILED, ROLLED_BACK, true",
        "sync_failed_rollback, FAILED, FAILED, false",
        "collect_log, COPYING, FINISHED, false"
    })
    void lostAnswerNeedsEvidencePhase(String operation, ActionPhase before, ActionPhase current, boolean carriedOut) {
        assertThat(ActionRule.of(operation).wasCarriedOut(current, before)).isEqualTo(carriedOut);
    }

    private static String where(String operation, BeforeCall meaning) {
        var rule = ActionRule.of(operation);
        return Arrays.stream(ActionPhase.values())
                .filter(phase -> rule.beforeCall(phase) == meaning)
                .map(Enum::name)
                .collect(Collectors.joining(" "));
    }
}
