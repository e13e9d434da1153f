package dev.smsrunner.job.action;

import dev.smsrunner.ledger.AttentionCause;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RowCall;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.Observation;
import dev.smsrunner.reconcile.StallPolicy;
import java.time.Instant;
import java.util.Locale;

/** Decides for one row of the job {@code action}, by the rule of its operation; pure. */
final class ActionDecision {

    private final DecisionPolicy policy;
    private final StallPolicy stallPolicy;

    ActionDecision(DecisionPolicy policy) {
        this.policy = policy;
        this.stallPolicy = new StallPolicy(policy, "the task was left as it is");
    }

    /** State of the row's latest call; a lost answer is resolved from the observation. */
    CallState callState(ActionRule rule, LedgerRow row, Observation observed) {
        var call = row.call();
        if (call == null) {
            return CallState.DONE;
        }
        if (!call.state().isUndecided() || !observed.listed()) {
            return call.state();
        }
        var phase = ActionPhase.of(observed);
        if (phase == ActionPhase.UNKNOWN || phase == ActionPhase.NO_TASK) {
            return call.state();
        }
        if (rule.wasCarriedOut(phase, beforeCall(row))) {
            return CallState.SEEN;
        }
        return policy.isGraceOver(call, observed) && !rule.isPassing(phase) ? CallState.ABSENT : call.state();
    }

    /** @param hasMoved whether the row was observed in another phase since its latest call */
    Decision decide(ActionRule rule, LedgerRow row, Observation observed, boolean hasMoved, Instant now) {
        if (!observed.listed()
                || observed.taskId() == null
                || !observed.taskId().equals(row.taskId())) {
            return new Decision.Confirm();
        }
        if (row.hasUndecidedCall()) {
            return stallPolicy.waitOrGiveUp(
                    row,
                    observed,
                    "the answer of " + rule.operation() + " was lost; checking whether it was executed",
                    now);
        }
        var call = row.call();
        return call != null && call.state().isExecuted()
                ? afterCall(rule, row, call, observed, hasMoved, now)
                : beforeCall(rule, row, observed, now);
    }

    private Decision beforeCall(ActionRule rule, LedgerRow row, Observation observed, Instant now) {
        var phase = ActionPhase.of(observed);
        boolean lost = row.call() != null && row.call().state() == CallState.ABSENT;
        if (lost && rule.isAmbiguousIn(phase) && !rule.repeatable()) {
            return finishUnclear(rule, observed);
        }
        return switch (rule.beforeCall(phase)) {
            case SEND -> send(row, observed, now);
            case WAIT ->
                stallPolicy.waitOrGiveUp(
                        row,
                        observed,
                        phase == ActionPhase.UNKNOWN
                                ? AttentionCause.UNKNOWN_STATE.text(
                                        observed.states().text())
                                : null,
                        now);
            case REACHED, NOT_APPLICABLE ->
                new Decision.Finish(Outcome.SKIPPED, reasonNotSent(rule, phase, observed), null);
        };
    }

    /** Reason why the operation is not sent. */
    static String reasonNotSent(ActionRule rule, ActionPhase phase, Observation observed) {
        return rule.beforeCall(phase) == ActionRule.BeforeCall.REACHED
                ? "nothing to do: %s is not needed, the task is already %s (%s)"
                        .formatted(
                                rule.operation(),
                                format(phase),
                                observed.states().text())
                : "not applicable: %s is not sent while the task is %s (%s)"
                        .formatted(
                                rule.operation(),
                                format(phase),
                                observed.states().text());
    }

    private Decision send(LedgerRow row, Observation observed, Instant now) {
        if (row.isPostponed(now)) {
            return new Decision.Wait(row.stage(), row.attention());
        }
        return Boolean.FALSE.equals(observed.states().connected())
                ? stallPolicy.waitOrGiveUp(row, observed, AttentionCause.DISCONNECTED.text("waiting for it"), now)
                : new Decision.Send();
    }

    private Decision afterCall(
            ActionRule rule, LedgerRow row, RowCall call, Observation observed, boolean hasMoved, Instant now) {
        boolean isUnmoved = isUnmoved(rule, observed, hasMoved);
        if (isUnmoved && !observed.observedAt().isBefore(call.at().plus(DecisionPolicy.START_VISIBLE_AFTER))) {
            return finishWithoutTrace(rule, observed);
        }
        return switch (rule.afterCall(ActionPhase.of(observed), isUnmoved)) {
            case DONE -> new Decision.Finish(Outcome.DONE, null, null);
            case FAILED -> finishFailed(rule, observed);
            case WAIT ->
                stallPolicy.waitOrGiveUp(
                        row,
                        observed,
                        ActionPhase.of(observed) == ActionPhase.UNKNOWN
                                ? AttentionCause.UNKNOWN_STATE.text(
                                        observed.states().text())
                                : null,
                        now);
        };
    }

    /** Whether the states are unchanged since before the call, so that they prove nothing. */
    static boolean isUnmoved(ActionRule rule, Observation observed, boolean hasMoved) {
        return !hasMoved && !rule.doneWhenAccepted() && rule.sendPhases().contains(ActionPhase.of(observed));
    }

    private static Decision finishWithoutTrace(ActionRule rule, Observation observed) {
        if (rule.traceless()) {
            return new Decision.Finish(Outcome.DONE, "accepted; no observation showed it", null);
        }
        var text = "%s was accepted but without effect for %d minutes: the task is %s (%s)"
                .formatted(
                        rule.operation(),
                        DecisionPolicy.START_VISIBLE_AFTER.toMinutes(),
                        format(ActionPhase.of(observed)),
                        observed.states().text());
        return Decision.Finish.failed(Failure.of(text, "OPERATOR", "Check the task in the console, then rerun."));
    }

    /** Whether the observation may still show the state before the call. */
    boolean isFresh(LedgerRow row, Observation observed) {
        return row.call() != null
                && observed.observedAt().isBefore(row.call().at().plus(policy.settle()));
    }

    private static Decision finishFailed(ActionRule rule, Observation observed) {
        if (observed.task().isFailure() && observed.error() == null) {
            return new Decision.Inspect();
        }
        if (observed.task().isFailure()) {
            var failure = observed.failure();
            return Decision.Finish.failed(failure);
        }
        var text = "%s had no effect: the task is %s (%s)"
                .formatted(
                        rule.operation(),
                        format(ActionPhase.of(observed)),
                        observed.states().text());
        return Decision.Finish.failed(Failure.of(text, "OPERATOR", "Check the task in the console, then rerun."));
    }

    private static Decision finishUnclear(ActionRule rule, Observation observed) {
        var text = "the answer of %s was lost, and %s does not show whether it was executed; it was not sent again"
                .formatted(rule.operation(), observed.states().text());
        return Decision.Finish.failed(Failure.of(
                text, "OPERATOR", "Check the task in the console; rerun if the operation was not executed."));
    }

    private static ActionPhase beforeCall(LedgerRow row) {
        return PhaseChanges.phaseOf(row.observed());
    }

    private static String format(ActionPhase phase) {
        return phase.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
