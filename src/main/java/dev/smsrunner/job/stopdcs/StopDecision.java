package dev.smsrunner.job.stopdcs;

import dev.smsrunner.dcs.DcsStatus;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.StallPolicy;
import java.time.Instant;

/** Decides for one row of the job {@code stop-dcs}; pure. */
final class StopDecision {

    private final DecisionPolicy policy;
    private final boolean stopsFull;
    private final StallPolicy stallPolicy;

    /** @param stopsFull whether a task that is still in full migration may be stopped */
    StopDecision(DecisionPolicy policy, boolean stopsFull) {
        this.policy = policy;
        this.stopsFull = stopsFull;
        this.stallPolicy = new StallPolicy(policy, "the task was left as it is");
    }

    /** State of the row's latest call; a lost answer is resolved from the observation. */
    CallState callState(LedgerRow row, DcsObservation observed) {
        var call = row.call();
        if (call == null) {
            return CallState.DONE;
        }
        if (!call.state().isUndecided() || !observed.listed() || observed.status() == DcsStatus.UNKNOWN) {
            return call.state();
        }
        if (observed.status() != DcsStatus.RUNNING) {
            return CallState.SEEN;
        }
        return policy.isGraceOver(call, observed) ? CallState.ABSENT : call.state();
    }

    Decision decide(LedgerRow row, DcsObservation observed, Instant now) {
        if (observed.refusal() != null) {
            var failure = StopRefusal.failureOf(observed.refusal());
            return Decision.Finish.failed(failure);
        }
        if (!observed.listed()) {
            return new Decision.Confirm();
        }
        if (row.hasUndecidedCall()) {
            return stallPolicy.waitOrGiveUp(
                    row, observed, "the answer of the stop was lost; checking whether it was executed", now);
        }
        return row.hasExecutedCall() ? afterStop(row, observed, now) : beforeStop(row, observed, now);
    }

    private Decision beforeStop(LedgerRow row, DcsObservation observed, Instant now) {
        return switch (observed.status()) {
            case RUNNING -> decideRunning(row, observed, now);
            case STOPPING -> stallPolicy.waitOrGiveUp(row, observed, null, now);
            case UNKNOWN -> stallPolicy.waitOrGiveUp(row, observed, unknownStatusText(observed), now);
            case DELETED -> finishDeleted(row, observed);
            case STOPPED, ENDED, FAILED -> new Decision.Finish(Outcome.SKIPPED, nothingToStop(observed), null);
        };
    }

    private Decision decideRunning(LedgerRow row, DcsObservation observed, Instant now) {
        if (row.isPostponed(now)) {
            return new Decision.Wait(row.stage(), row.attention());
        }
        var full = FullMigrationCheck.problemShownByStatus(String.valueOf(row.taskId()), observed);
        return full.isPresent() && !stopsFull ? rejectFullMigration(full.get()) : new Decision.Send();
    }

    /** Only a task that was observed before can have been deleted. */
    private static Decision finishDeleted(LedgerRow row, DcsObservation observed) {
        if (observed.shown() || row.observed().taskState() != null) {
            return new Decision.Finish(Outcome.SKIPPED, nothingToStop(observed), null);
        }
        var text = unknownTaskText(String.valueOf(row.taskId()));
        return Decision.Finish.of(
                Outcome.REJECTED, new Failure("DCS.4133", text, "FIX_AND_RETRY", "Correct task_id.", null));
    }

    /** Rejects the row of a task in full migration, which the job file does not allow to stop. */
    static Decision.Finish rejectFullMigration(String problem) {
        return Decision.Finish.of(Outcome.REJECTED, FullMigrationCheck.failure(problem));
    }

    /** Message for a task that the service never showed: DCS answers the same for a deleted task. */
    static String unknownTaskText(String taskId) {
        return "DCS has no data-migration task %s (DCS.4133). Correct task_id and the project; remove the row if the task was deleted."
                .formatted(taskId);
    }

    /** Reason why a task that is not running is not stopped. */
    static String nothingToStop(DcsObservation observed) {
        return switch (observed.status()) {
            case STOPPED -> "nothing to do: the task is already stopped (%s)".formatted(statusText(observed));
            case DELETED -> "nothing to do: the task was deleted";
            default -> "not applicable: the task ended %s before the stop".formatted(statusText(observed));
        };
    }

    private Decision afterStop(LedgerRow row, DcsObservation observed, Instant now) {
        return switch (observed.status()) {
            case STOPPED -> new Decision.Finish(Outcome.DONE, null, null);
            case ENDED ->
                new Decision.Finish(
                        Outcome.SKIPPED,
                        "the task ended %s before the stop took effect".formatted(statusText(observed)),
                        null);
            case DELETED ->
                new Decision.Finish(Outcome.SKIPPED, "the task was deleted before the stop took effect", null);
            case FAILED -> finishFailed(observed);
            case UNKNOWN -> stallPolicy.waitOrGiveUp(row, observed, unknownStatusText(observed), now);
            case RUNNING, STOPPING -> stallPolicy.waitOrGiveUp(row, observed, null, now);
        };
    }

    private static Decision finishFailed(DcsObservation observed) {
        var text = "the task ended %s instead of being stopped".formatted(statusText(observed));
        return Decision.Finish.failed(Failure.of(text, "OPERATOR", "Check the task in the console of DCS."));
    }

    private static String unknownStatusText(DcsObservation observed) {
        return "status not known to this version: " + statusText(observed);
    }

    private static String statusText(DcsObservation observed) {
        return String.valueOf(observed.states().taskState());
    }
}
