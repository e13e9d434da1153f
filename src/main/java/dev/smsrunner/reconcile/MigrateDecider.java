package dev.smsrunner.reconcile;

import static dev.smsrunner.ledger.Stage.LAUNCHING;
import static dev.smsrunner.ledger.Stage.PLANNED;
import static dev.smsrunner.ledger.Stage.REPLICATING;
import static dev.smsrunner.ledger.Stage.SYNCING;
import static dev.smsrunner.ledger.Stage.TASK_READY;

import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.ledger.AttentionCause;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.reconcile.Decision.Close;
import dev.smsrunner.reconcile.Decision.Look;
import dev.smsrunner.sms.CopyState;
import dev.smsrunner.sms.ErrorCatalogue;
import dev.smsrunner.sms.TaskState;
import dev.smsrunner.task.TaskLookup;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides for one row: from what was seen of its server, what was done for it so far, and the policy. Pure: nothing is
 * remembered between two looks but what the ledger says. It never acts on a state that it does not know, never sends
 * again what may have been carried out, and never undoes what a person did.
 */
public final class MigrateDecider {

    private final LedgerRow row;
    private final Observation observed;
    private final DecisionPolicy policy;
    private final Instant now;

    private MigrateDecider(LedgerRow row, Observation observed, DecisionPolicy policy, Instant now) {
        this.row = row;
        this.observed = observed;
        this.policy = policy;
        this.now = now;
    }

    /** What is to be done for an open row, whose latest call has been settled as far as the observation tells. */
    public static Decision decide(LedgerRow row, Observation observed, DecisionPolicy policy, Instant now) {
        return new MigrateDecider(row, observed, policy, now).decide();
    }

    private Decision decide() {
        if (row.stage() == PLANNED) {
            return planned();
        }
        if (observed.taskId() != null && !observed.taskId().equals(row.taskId())) {
            return new Decision.Confirm();
        }
        if (observed.target().elsewhere()) {
            return elsewhere();
        }
        return switch (observed.situation()) {
            case NO_SOURCE, NO_TASK -> new Decision.Confirm();
            case UNKNOWN -> look(row.stage(), unknownState());
            case IDLE -> idle();
            case PAUSED -> paused();
            case COPYING -> look(REPLICATING, disconnected());
            case WAYPOINT -> steady() && observed.copy() == CopyState.SYNCING ? synced() : look(row.stage(), null);
            case SYNCED -> synced();
            case LAUNCHING -> look(LAUNCHING, null);
            case FINISHED -> new Close(Outcome.MIGRATED, null, null);
            case FAILED -> failed();
            case BETWEEN -> look(row.stage(), null);
        };
    }

    /** Nothing is started or launched on a target that the row does not name. */
    private Decision elsewhere() {
        var why = observed.target().refusal(row.taskId(), observed.seen().taskState());
        if (justSent(Operation.UPDATE, longer(policy.settle(), TaskLookup.LAG))) {
            return look(row.stage(), why); // the list may show an update late
        }
        return refused(why);
    }

    private static Decision refused(String why) {
        return new Close(
                Outcome.REJECTED,
                why,
                new Failure(
                        null,
                        why,
                        "OPERATOR",
                        "Look at the task in the console. Correct the row, or delete the task, then rerun.",
                        null));
    }

    private Decision planned() {
        boolean created = row.call() != null && row.call().operation() == Operation.CREATE;
        boolean mayAdopt =
                created || !undecided() && !early(); // adopting may cost a call, which may have been refused for now
        if (row.taskId() == null && observed.taskId() != null && mayAdopt && adoptable(observed.task())) {
            return new Decision.Adopt(observed.taskId());
        }
        if (row.call() != null && row.call().state().undecided() && !pastGrace()) {
            return new Look(
                    PLANNED,
                    "the answer of " + row.call().operation() + " was lost; looking whether it was carried out");
        }
        if (early()) {
            return new Look(PLANNED, row.attention());
        }
        if (!observed.listed()) {
            return look(PLANNED, "the source server is not in the list of SMS any more");
        }
        if (observed.situation() == MigrationPhase.UNKNOWN) {
            return look(PLANNED, unknownState());
        }
        return disconnected() == null ? new Decision.Prepare() : look(PLANNED, disconnected());
    }

    /** What ended well or is on its way out is no task for the row; what nobody knows is not acted upon. */
    private static boolean adoptable(TaskState state) {
        return !state.isSuccess() && state != TaskState.DELETING && state != TaskState.UNKNOWN;
    }

    private Decision idle() {
        if (undecided() || justSent(Operation.START, startShowsIn())) {
            return look(row.stage(), undecided() ? lost() : null);
        }
        if (row.stage().underWay() && !sent(Operation.START)) {
            return look(row.stage(), "the task went back to READY");
        }
        return startable();
    }

    private Decision paused() {
        if (undecided() || justSent(Operation.START, policy.settle()) || startNotShownYet()) {
            return look(row.stage(), undecided() ? lost() : null);
        }
        if (row.stage() == TASK_READY) {
            return startable();
        }
        return observed.error() == null ? new Decision.Inspect() : look(row.stage(), whyPaused());
    }

    private String whyPaused() {
        return observed.overSpeed()
                ? AttentionCause.OVER_SPEED.text(
                        "SMS paused the task (SMS.9007). Raise speed_limit or over_speed_threshold, then start it")
                : AttentionCause.TASK_PAUSED.text("start the task in the console, or leave it");
    }

    private Decision startable() {
        if (early()) {
            return new Look(row.stage(), row.attention());
        }
        if (observed.copy() == CopyState.UNAVAILABLE) {
            return look(row.stage(), "the source failed the environment check of SMS");
        }
        if (disconnected() != null) {
            return look(row.stage(), disconnected());
        }
        return row.stage() == TASK_READY && !observed.target().form().isEmpty() ? changed() : new Decision.Start();
    }

    /** Another user changed the idle task: the runner updates it back once and never starts it while it differs. */
    private Decision changed() {
        var why = observed.target().refusal(row.taskId(), observed.seen().taskState());
        if (justSent(Operation.UPDATE, longer(policy.settle(), TaskLookup.LAG))) {
            return look(row.stage(), why); // the list may show an update late
        }
        return sent(Operation.UPDATE) ? refused(why) : new Decision.Prepare();
    }

    private Decision synced() {
        if (policy.when() == CutoverSettings.When.MANUAL) {
            return new Close(Outcome.SYNCED, null, null);
        }
        if (undecided() || justSent(Operation.LAUNCH, policy.stalledAfter())) {
            return look(SYNCING, undecided() ? lost() : null);
        }
        if (policy.missedAt(now)) {
            return missedWindow();
        }
        if (early() || !policy.mayLaunchAt(now)) {
            return new Look(SYNCING, null);
        }
        return disconnected() == null ? new Decision.Launch() : look(SYNCING, disconnected());
    }

    private Decision failed() {
        if (undecided() || justSent(Operation.START, policy.settle()) || startNotShownYet()) {
            return look(row.stage(), undecided() ? lost() : null);
        }
        boolean restartDecided = row.nextAt() != null;
        boolean neverStarted = row.stage() == TASK_READY && row.starts() == 0;
        if (restartDecided || neverStarted) {
            return startable();
        }
        if (observed.error() == null) {
            return new Decision.Inspect();
        }
        var failure = observed.failure();
        int starts = Math.max(1, row.starts()); // it was started, if not by this run
        boolean again = starts <= policy.restarts() && ErrorCatalogue.restartable(failure.code());
        return again ? new Decision.RestartLater(failure) : new Close(Outcome.FAILED, failure.text(), failure);
    }

    private Decision missedWindow() {
        var closed = Objects.requireNonNull(policy.window()).lastCall();
        var text = "not launched: in sync only after the last launch of the window at " + closed;
        return new Close(
                Outcome.NOT_LAUNCHED,
                text,
                new Failure(
                        null,
                        text,
                        "OPERATOR",
                        "Agree on a new window and rerun; the task stays in sync meanwhile.",
                        null));
    }

    /** Looks again, and calls it a stall, then gives up, when nothing at all has changed for long. */
    private Decision look(Stage stage, @Nullable String attention) {
        return new StallPolicy(policy, "the migration itself was not touched")
                .look(row, stage, attention, observed, now);
    }

    private boolean undecided() {
        return row.call() != null && row.call().state().undecided();
    }

    private boolean pastGrace() {
        return row.call() == null
                || !observed.lookedAt().isBefore(row.call().at().plus(policy.grace()));
    }

    private boolean sent(Operation operation) {
        return row.call() != null
                && row.call().operation() == operation
                && row.call().state().executed();
    }

    private boolean justSent(Operation operation, Duration ago) {
        return sent(operation) && observed.lookedAt().isBefore(row.call().at().plus(ago));
    }

    private Duration startShowsIn() {
        return longer(policy.stalledAfter(), DecisionPolicy.START_SHOWS);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Nothing has changed since the accepted start: the state is the one from before it. */
    private boolean startNotShownYet() {
        var changed = row.seen().changedAt();
        return justSent(Operation.START, DecisionPolicy.START_SHOWS)
                && changed != null
                && !changed.isAfter(row.call().at());
    }

    private boolean steady() {
        var changed = row.seen().changedAt();
        return changed != null && !now.isBefore(changed.plus(policy.settle()));
    }

    private boolean early() {
        return row.nextAt() != null && now.isBefore(row.nextAt());
    }

    private String lost() {
        return "the answer of " + row.call().operation() + " was lost; looking whether it was carried out";
    }

    private @Nullable String disconnected() {
        return Boolean.FALSE.equals(observed.seen().connected())
                ? AttentionCause.DISCONNECTED.text("waiting for it")
                : null;
    }

    private String unknownState() {
        return AttentionCause.UNKNOWN_STATE.text(observed.seen().text());
    }
}
