package dev.smsrunner.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.action.ActionRule.After;
import dev.smsrunner.action.ActionRule.Before;
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
    void eachIsSentOnlyWhereItMakesSense(String operation, String points) {
        assertThat(where(operation, Before.SEND)).isEqualTo(points);
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
    void elsewhereItDoesNotApply(String operation, String points) {
        assertThat(where(operation, Before.NOT_APPLICABLE)).isEqualTo(points);
    }

    @Test
    void nothingIsEverSentInAStateThatIsNotKnownOrWithoutATask() {
        for (var operation : ActionRule.known()) {
            assertThat(ActionRule.of(operation).before(ActionPhase.UNKNOWN)).isEqualTo(Before.WAIT);
            assertThat(ActionRule.of(operation).before(ActionPhase.NO_TASK)).isEqualTo(Before.NOT_APPLICABLE);
        }
        assertThat(ActionRule.of("cutover").before(ActionPhase.UNKNOWN)).isEqualTo(Before.WAIT);
    }

    @Test
    void aPointIsNeverInTwoSetsThatCountBeforeTheCall() {
        for (var operation : ActionRule.known()) {
            var rule = ActionRule.of(operation);
            for (var point : ActionPhase.values()) {
                long sets = java.util.stream.Stream.of(rule.sentIn(), rule.waitsIn(), rule.reachedIn())
                        .filter(set -> set.contains(point))
                        .count();
                assertThat(sets).as(operation + " at " + point).isLessThanOrEqualTo(1);
                assertThat(rule.doneIn().contains(point) && rule.failedIn().contains(point))
                        .as(operation + " after the call at " + point)
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
    void afterTheCallThePointTells(String operation, ActionPhase point, After expected) {
        assertThat(ActionRule.of(operation).after(point, false)).isEqualTo(expected);
    }

    @Test
    void aPointThatMayBeTheOneBeforeTheCallTellsNothingAtFirst() {
        assertThat(ActionRule.of("start").after(ActionPhase.FAILED, true)).isEqualTo(After.WAIT);
        assertThat(ActionRule.of("clone_test").after(ActionPhase.SYNCED, true)).isEqualTo(After.WAIT);
        assertThat(ActionRule.of("stop").after(ActionPhase.PAUSED, true)).isEqualTo(After.DONE);
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
    void threeStatesAreOnePoint(String task, String copy, String cycle, ActionPhase expected) {
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
    void ofALostAnswerOnlyAPointTellsThatNothingElseLeadsTo(
            String operation, ActionPhase before, ActionPhase now, boolean carriedOut) {
        assertThat(ActionRule.of(operation).wasCarriedOut(now, before)).isEqualTo(carriedOut);
    }

    private static String where(String operation, Before meaning) {
        var rule = ActionRule.of(operation);
        return Arrays.stream(ActionPhase.values())
                .filter(point -> rule.before(point) == meaning)
                .map(Enum::name)
                .collect(Collectors.joining(" "));
    }
}
