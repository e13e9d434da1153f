package dev.smsrunner.reconcile;

import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.sms.TaskState;
import java.util.Objects;

/**
 * What an observation tells of a call whose answer was lost; pure.
 *
 * <p>A lost restart of a failed task is the one case that an observation cannot always decide: the task may have run and failed
 * again before the next look. The service shows no count of starts, and no page says that {@code start_date} changes with a
 * restart. A change of the states or of the copied bytes counts as carried out. Without a change the call counts as not carried
 * out, and yet as one of the restarts ({@link RowUpdate#settle}): the row gets at most one restart too few, never one too many.
 */
final class LostCallResolver {

    private LostCallResolver() {}

    /** What is known of the row's latest call now; as before when the observation does not tell. */
    static CallState of(LedgerRow row, Observation observed, DecisionPolicy policy) {
        var call = row.call();
        if (call == null) {
            return CallState.DONE;
        }
        if (!call.state().undecided() || call.operation() == Operation.CREATE) {
            return call.state(); // a create is settled by adopting its task, or by looking the tasks up
        }
        boolean patient = !observed.lookedAt().isBefore(call.at().plus(policy.grace()));
        return switch (evidence(row, call, observed)) {
            case EXECUTED -> CallState.SEEN;
            case NOTHING_YET -> patient ? CallState.ABSENT : call.state();
            case NONE -> call.state();
        };
    }

    private static Evidence evidence(LedgerRow row, RowCall call, Observation observed) {
        return switch (call.operation()) {
            // What an update changed is compared again before anything is sent.
            case UPDATE, CREATE -> Evidence.NOTHING_YET;
            case SPEED_RULES -> Evidence.NONE; // the limits themselves tell
            case ACTION, CHANGESTATE, EDIT, LIMIT_SPEED, STOP -> Evidence.NONE; // never sent by a migration
            case START -> ofStart(row, observed);
            case LAUNCH -> ofLaunch(observed.situation());
        };
    }

    private static Evidence ofStart(LedgerRow row, Observation observed) {
        return switch (observed.situation()) {
            case COPYING, SYNCED, WAYPOINT, LAUNCHING, FINISHED, BETWEEN -> Evidence.EXECUTED;
            case IDLE, PAUSED -> Evidence.NOTHING_YET;
            case FAILED -> ofFailure(row.seen(), observed.seen());
            case UNKNOWN, NO_TASK, NO_SOURCE -> Evidence.NONE;
        };
    }

    /** A failure that was there before the start tells nothing; a new one, or a change of the old one, shows that it ran. */
    private static Evidence ofFailure(ObservedState before, ObservedState now) {
        boolean same = Objects.equals(before.taskState(), now.taskState())
                && Objects.equals(before.copyState(), now.copyState())
                && Objects.equals(before.migrationCycle(), now.migrationCycle())
                && Objects.equals(before.progress(), now.progress());
        return same && TaskState.of(before.taskState()).isFailure() ? Evidence.NOTHING_YET : Evidence.EXECUTED;
    }

    private static Evidence ofLaunch(MigrationPhase situation) {
        return switch (situation) {
            case LAUNCHING, FINISHED, FAILED -> Evidence.EXECUTED;
            case SYNCED, WAYPOINT -> Evidence.NOTHING_YET;
            default -> Evidence.NONE;
        };
    }

    private enum Evidence {
        EXECUTED,
        NOTHING_YET,
        NONE
    }
}
