package dev.smsrunner.job.migrate;

import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.MigrationPhase;
import dev.smsrunner.reconcile.Observation;
import dev.smsrunner.reconcile.RowUpdate;
import dev.smsrunner.sms.TaskState;
import java.util.Objects;

/**
 * Resolves a call with a lost answer from an observation; pure.
 *
 * <p>A lost restart of a failed task is the one ambiguous case: the task may have run and failed again before the next
 * observation. The service shows no number of starts, and no page states that {@code start_date} changes with a restart. A
 * change of the states or of the copied bytes counts as executed. Without a change the call counts as not executed, and yet
 * as one of the restarts ({@link RowUpdate#applyCallState}): the row gets at most one restart too few, never one too many.
 */
final class LostCallResolver {

    private LostCallResolver() {}

    /** State of the row's latest call; unchanged when the observation does not show it. */
    static CallState resolve(LedgerRow row, Observation observed, DecisionPolicy policy) {
        var call = row.call();
        if (call == null) {
            return CallState.DONE;
        }
        if (!call.state().isUndecided() || call.operation() == Operation.CREATE) {
            return call.state(); // a create is resolved by adopting its task, or by a task lookup
        }
        return switch (evidence(row, call, observed)) {
            case EXECUTED -> CallState.SEEN;
            case NOTHING_YET -> policy.isGraceOver(call, observed) ? CallState.ABSENT : call.state();
            case NONE -> call.state();
        };
    }

    private static Evidence evidence(LedgerRow row, RowCall call, Observation observed) {
        return switch (call.operation()) {
            // The runner compares the task again before it sends anything.
            case UPDATE, CREATE -> Evidence.NOTHING_YET;
            case SPEED_RULES -> Evidence.NONE; // read from the limits themselves
            case ACTION, CHANGESTATE, EDIT, LIMIT_SPEED, STOP, DELETE_TASK, DELETE_SOURCE ->
                Evidence.NONE; // never sent by a migration
            case START -> ofStart(row, observed);
            case LAUNCH -> ofLaunch(observed.phase());
            case PAUSE -> ofPause(observed.phase());
        };
    }

    private static Evidence ofStart(LedgerRow row, Observation observed) {
        return switch (observed.phase()) {
            case COPYING, SYNCED, WAYPOINT, LAUNCHING, FINISHED, BETWEEN -> Evidence.EXECUTED;
            case IDLE, PAUSED -> Evidence.NOTHING_YET;
            case FAILED -> ofFailure(row.observed(), observed.states());
            case UNKNOWN, NO_TASK, NO_SOURCE -> Evidence.NONE;
        };
    }

    /**
     * A failure from before the start proves nothing. A new failure, or a change of the old one, shows that the task ran.
     */
    private static Evidence ofFailure(ObservedState before, ObservedState now) {
        boolean same = Objects.equals(before.taskState(), now.taskState())
                && Objects.equals(before.copyState(), now.copyState())
                && Objects.equals(before.migrationCycle(), now.migrationCycle())
                && Objects.equals(before.progress(), now.progress());
        return same && TaskState.of(before.taskState()).isFailure() ? Evidence.NOTHING_YET : Evidence.EXECUTED;
    }

    private static Evidence ofLaunch(MigrationPhase phase) {
        return switch (phase) {
            case LAUNCHING, FINISHED, FAILED -> Evidence.EXECUTED;
            case SYNCED, WAYPOINT -> Evidence.NOTHING_YET;
            default -> Evidence.NONE;
        };
    }

    private static Evidence ofPause(MigrationPhase phase) {
        return switch (phase) {
            case PAUSED, IDLE -> Evidence.EXECUTED;
            case COPYING, SYNCED, WAYPOINT -> Evidence.NOTHING_YET;
            default -> Evidence.NONE;
        };
    }

    private enum Evidence {
        EXECUTED,
        NOTHING_YET,
        NONE
    }
}
