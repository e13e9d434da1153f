package dev.smsrunner.job.migrate;

import static dev.smsrunner.ledger.Stage.LAUNCHING;
import static dev.smsrunner.ledger.Stage.PLANNED;
import static dev.smsrunner.ledger.Stage.REPLICATING;
import static dev.smsrunner.ledger.Stage.SYNCING;
import static dev.smsrunner.ledger.Stage.TASK_READY;

import dev.smsrunner.cutover.MissedWindows;
import dev.smsrunner.job.migrate.task.TaskLookup;
import dev.smsrunner.jobfile.CutoverSettings;
import dev.smsrunner.ledger.AttentionCause;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.Decision.Finish;
import dev.smsrunner.reconcile.Decision.Wait;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.MigrationPhase;
import dev.smsrunner.reconcile.Observation;
import dev.smsrunner.reconcile.StallPolicy;
import dev.smsrunner.sms.CopyState;
import dev.smsrunner.sms.ErrorCatalogue;
import dev.smsrunner.sms.TaskState;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Decides for one row from its observation, its history and the policy. Pure: the ledger is the only memory between two
 * passes. Never acts on an unknown state, never repeats a call that may have been executed, and never reverts an operator's
 * change.
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

    /** Decides the next step of an open row whose latest call is resolved as far as possible. */
    public static Decision decide(LedgerRow row, Observation observed, DecisionPolicy policy, Instant now) {
        return new MigrateDecider(row, observed, policy, now).decide();
    }

    private Decision decide() {
        if (row.stage() == PLANNED) {
            return decidePlanned();
        }
        if (observed.taskId() != null && !observed.taskId().equals(row.taskId())) {
            return new Decision.Confirm();
        }
        if (observed.target().isOtherTarget()) {
            return decideElsewhere();
        }
        return switch (observed.phase()) {
            case NO_SOURCE, NO_TASK -> new Decision.Confirm();
            case UNKNOWN -> waitOrGiveUp(row.stage(), unknownStateText());
            case IDLE -> decideIdle();
            case PAUSED -> decidePaused();
            case COPYING -> waitOrGiveUp(REPLICATING, disconnectedText());
            case WAYPOINT ->
                isSteady() && observed.copy() == CopyState.SYNCING ? decideSynced() : waitOrGiveUp(row.stage(), null);
            case SYNCED -> decideSynced();
            case LAUNCHING -> waitOrGiveUp(LAUNCHING, null);
            case FINISHED -> new Finish(Outcome.MIGRATED, null, null);
            case FAILED -> decideFailed();
            case BETWEEN -> waitOrGiveUp(row.stage(), null);
        };
    }

    /** No start or launch for a target that the row does not name. */
    private Decision decideElsewhere() {
        var why = observed.target().refusal(row.taskId(), observed.states().taskState());
        if (wasJustAccepted(Operation.UPDATE, longer(policy.settle(), TaskLookup.LAG))) {
            return waitOrGiveUp(row.stage(), why); // the list may lag behind an update
        }
        return reject(why);
    }

    private static Decision reject(String why) {
        return Finish.of(
                Outcome.REJECTED,
                Failure.of(
                        why,
                        "OPERATOR",
                        "Check the task in the console. Correct the row, or delete the task with the job delete, then rerun."));
    }

    private Decision decidePlanned() {
        boolean created = row.call() != null && row.call().operation() == Operation.CREATE;
        // adopting may cost a call, which the service may have refused for now
        boolean mayAdopt = created || !row.hasUndecidedCall() && !row.isPostponed(now);
        if (row.taskId() == null && observed.taskId() != null && mayAdopt && isAdoptable(observed.task())) {
            return new Decision.Adopt(observed.taskId());
        }
        if (row.hasUndecidedCall() && !isPastGrace()) {
            return new Wait(PLANNED, lostAnswerText());
        }
        if (row.isPostponed(now)) {
            return new Wait(PLANNED, row.attention());
        }
        if (!observed.listed()) {
            return waitOrGiveUp(PLANNED, "SMS no longer lists the source server");
        }
        if (observed.phase() == MigrationPhase.UNKNOWN) {
            return waitOrGiveUp(PLANNED, unknownStateText());
        }
        return disconnectedText() == null ? new Decision.EnsureTask() : waitOrGiveUp(PLANNED, disconnectedText());
    }

    /** A task that succeeded, is being deleted, or is in an unknown state is not adopted. */
    private static boolean isAdoptable(TaskState state) {
        return !state.isSuccess() && state != TaskState.DELETING && state != TaskState.UNKNOWN;
    }

    private Decision decideIdle() {
        if (row.hasUndecidedCall() || wasJustAccepted(Operation.START, startVisibleAfter())) {
            return waitOrGiveUp(row.stage(), lostAnswerText());
        }
        if (row.stage().isUnderWay() && !row.hasExecuted(Operation.START)) {
            return waitOrGiveUp(row.stage(), "the task went back to READY");
        }
        return startIfPossible();
    }

    private Decision decidePaused() {
        if (row.hasUndecidedCall() || wasJustAccepted(Operation.START, policy.settle()) || isStartInvisible()) {
            return waitOrGiveUp(row.stage(), lostAnswerText());
        }
        if (row.stage() == TASK_READY) {
            return startIfPossible();
        }
        return observed.error() == null ? new Decision.Inspect() : waitOrGiveUp(row.stage(), pauseText());
    }

    private String pauseText() {
        return observed.isOverSpeed()
                ? AttentionCause.OVER_SPEED.text(
                        "SMS paused the task (SMS.9007). Raise speed_limit or over_speed_threshold, then start it")
                : AttentionCause.TASK_PAUSED.text("start the task in the console, or leave it");
    }

    private Decision startIfPossible() {
        if (row.isPostponed(now)) {
            return new Wait(row.stage(), row.attention());
        }
        if (observed.copy() == CopyState.UNAVAILABLE) {
            return waitOrGiveUp(row.stage(), "the source failed the environment check of SMS");
        }
        if (disconnectedText() != null) {
            return waitOrGiveUp(row.stage(), disconnectedText());
        }
        return row.stage() == TASK_READY && !observed.target().form().isEmpty() ? restoreTask() : new Decision.Start();
    }

    /** Another user changed the idle task: the runner updates it back once and never starts it while it differs. */
    private Decision restoreTask() {
        var why = observed.target().refusal(row.taskId(), observed.states().taskState());
        if (wasJustAccepted(Operation.UPDATE, longer(policy.settle(), TaskLookup.LAG))) {
            return waitOrGiveUp(row.stage(), why); // the list may lag behind an update
        }
        return row.hasExecuted(Operation.UPDATE) ? reject(why) : new Decision.EnsureTask();
    }

    private Decision decideSynced() {
        if (policy.when() == CutoverSettings.LaunchMode.MANUAL) {
            return new Finish(Outcome.SYNCED, null, null);
        }
        if (row.hasUndecidedCall() || wasJustAccepted(Operation.LAUNCH, policy.stalledAfter())) {
            return waitOrGiveUp(SYNCING, lostAnswerText());
        }
        if (policy.isWindowMissedAt(row, now)) {
            return finishAfterWindow();
        }
        if (row.isPostponed(now) || !policy.mayLaunchAt(row, now)) {
            return new Wait(SYNCING, null);
        }
        return disconnectedText() == null ? new Decision.Launch() : waitOrGiveUp(SYNCING, disconnectedText());
    }

    private Decision decideFailed() {
        if (row.hasUndecidedCall() || wasJustAccepted(Operation.START, policy.settle()) || isStartInvisible()) {
            return waitOrGiveUp(row.stage(), lostAnswerText());
        }
        boolean restartDecided = row.nextAt() != null;
        boolean neverStarted = row.stage() == TASK_READY && row.starts() == 0;
        if (restartDecided || neverStarted) {
            return startIfPossible();
        }
        if (observed.error() == null) {
            return new Decision.Inspect();
        }
        var failure = observed.failure();
        int starts = Math.max(1, row.starts()); // started, if not by this run
        boolean again = starts <= policy.restarts() && ErrorCatalogue.isRestartable(failure.code());
        return again ? new Decision.RestartLater(failure) : Finish.failed(failure);
    }

    private Decision finishAfterWindow() {
        var text = MissedWindows.reason(row, policy.windows());
        return Finish.of(Outcome.NOT_LAUNCHED, Failure.of(text, "OPERATOR", MissedWindows.ADVICE));
    }

    /** Waits; reports a stall, then gives up, when nothing has changed for long. */
    private Decision waitOrGiveUp(Stage stage, @Nullable String attention) {
        return StallPolicy.ofMigration(policy).waitOrGiveUp(row, stage, attention, observed, now);
    }

    private boolean isPastGrace() {
        return row.call() == null || policy.isGraceOver(row.call(), observed);
    }

    private boolean wasJustAccepted(Operation operation, Duration ago) {
        var acceptedAt = acceptedAt(operation);
        return acceptedAt != null && observed.observedAt().isBefore(acceptedAt.plus(ago));
    }

    /** Time of the latest call; null unless it is this operation and the service executed it. */
    private @Nullable Instant acceptedAt(Operation operation) {
        return row.hasExecuted(operation) ? Objects.requireNonNull(row.call()).at() : null;
    }

    private Duration startVisibleAfter() {
        return longer(policy.stalledAfter(), DecisionPolicy.START_VISIBLE_AFTER);
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) > 0 ? one : other;
    }

    /** Whether the observation still shows the state before the accepted start. */
    private boolean isStartInvisible() {
        var changed = row.observed().changedAt();
        var acceptedAt = acceptedAt(Operation.START);
        return acceptedAt != null
                && changed != null
                && observed.observedAt().isBefore(acceptedAt.plus(DecisionPolicy.START_VISIBLE_AFTER))
                && !changed.isAfter(acceptedAt);
    }

    private boolean isSteady() {
        var changed = row.observed().changedAt();
        return changed != null && !now.isBefore(changed.plus(policy.settle()));
    }

    /** Attention while only an observation can resolve the latest call; null otherwise. */
    private @Nullable String lostAnswerText() {
        return row.hasUndecidedCall()
                ? "the answer of " + Objects.requireNonNull(row.call()).operation()
                        + " was lost; checking whether it was executed"
                : null;
    }

    private @Nullable String disconnectedText() {
        return Boolean.FALSE.equals(observed.states().connected())
                ? AttentionCause.DISCONNECTED.text("waiting for it")
                : null;
    }

    private String unknownStateText() {
        return AttentionCause.UNKNOWN_STATE.text(observed.states().text());
    }
}
