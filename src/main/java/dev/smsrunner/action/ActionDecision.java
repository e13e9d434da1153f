package dev.smsrunner.action;

import dev.smsrunner.ledger.AttentionCause;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.Observation;
import dev.smsrunner.reconcile.StallPolicy;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Decides for one row of the job {@code action}, by the rule of its operation; pure. */
final class ActionDecision {

    private final DecisionPolicy policy;
    private final StallPolicy patience;

    ActionDecision(DecisionPolicy policy) {
        this.policy = policy;
        this.patience = new StallPolicy(policy, "the task was left as it is");
    }

    /** What the look tells of a call whose answer was lost. */
    CallState settlement(ActionRule rule, LedgerRow row, Observation seen) {
        var call = row.call();
        if (call == null) {
            return CallState.DONE;
        }
        if (!call.state().undecided() || !seen.listed()) {
            return call.state();
        }
        var point = ActionPhase.of(seen);
        if (point == ActionPhase.UNKNOWN || point == ActionPhase.NO_TASK) {
            return call.state();
        }
        if (rule.wasCarriedOut(point, before(row))) {
            return CallState.SEEN;
        }
        boolean patient = !seen.lookedAt().isBefore(call.at().plus(policy.grace()));
        return patient && !rule.passes(point) ? CallState.ABSENT : call.state();
    }

    /** @param moved whether the row was seen at another point since its latest call */
    Decision decide(ActionRule rule, LedgerRow row, Observation seen, boolean moved, Instant now) {
        if (!seen.listed() || seen.taskId() == null || !seen.taskId().equals(row.taskId())) {
            return new Decision.Confirm();
        }
        var call = row.call();
        if (call != null && call.state().undecided()) {
            return look(
                    row,
                    seen,
                    "the answer of " + rule.operation() + " was lost; looking whether it was carried out",
                    now);
        }
        return call != null && call.state().executed()
                ? after(rule, row, seen, moved, now)
                : before(rule, row, seen, now);
    }

    private Decision before(ActionRule rule, LedgerRow row, Observation seen, Instant now) {
        var point = ActionPhase.of(seen);
        boolean lost = row.call() != null && row.call().state() == CallState.ABSENT;
        if (lost && rule.ambiguousAt(point) && !rule.repeatable()) {
            return unclear(rule, seen);
        }
        return switch (rule.before(point)) {
            case SEND -> send(row, seen, now);
            case WAIT ->
                look(
                        row,
                        seen,
                        point == ActionPhase.UNKNOWN
                                ? AttentionCause.UNKNOWN_STATE.text(seen.seen().text())
                                : null,
                        now);
            case REACHED, NOT_APPLICABLE -> new Decision.Close(Outcome.SKIPPED, notSent(rule, point, seen), null);
        };
    }

    /** Why the operation is not sent. */
    static String notSent(ActionRule rule, ActionPhase point, Observation seen) {
        return rule.before(point) == ActionRule.Before.REACHED
                ? "nothing to do: %s is not needed, it is %s already (%s)"
                        .formatted(rule.operation(), words(point), seen.seen().text())
                : "not applicable: %s is not sent while it is %s (%s)"
                        .formatted(rule.operation(), words(point), seen.seen().text());
    }

    private Decision send(LedgerRow row, Observation seen, Instant now) {
        if (row.nextAt() != null && now.isBefore(row.nextAt())) {
            return new Decision.Look(row.stage(), row.attention());
        }
        return Boolean.FALSE.equals(seen.seen().connected())
                ? look(row, seen, AttentionCause.DISCONNECTED.text("waiting for it"), now)
                : new Decision.Send();
    }

    private Decision after(ActionRule rule, LedgerRow row, Observation seen, boolean moved, Instant now) {
        boolean unmoved = isUnmoved(rule, seen, moved);
        if (unmoved && !seen.lookedAt().isBefore(row.call().at().plus(DecisionPolicy.START_SHOWS))) {
            return withoutTrace(rule, seen);
        }
        return switch (rule.after(ActionPhase.of(seen), unmoved)) {
            case DONE -> new Decision.Close(Outcome.DONE, null, null);
            case FAILED -> failed(rule, seen);
            case WAIT ->
                look(
                        row,
                        seen,
                        ActionPhase.of(seen) == ActionPhase.UNKNOWN
                                ? AttentionCause.UNKNOWN_STATE.text(seen.seen().text())
                                : null,
                        now);
        };
    }

    /** Whether the states are those from before the call, which tell nothing of it. */
    static boolean isUnmoved(ActionRule rule, Observation seen, boolean moved) {
        return !moved && !rule.accepted() && rule.sentIn().contains(ActionPhase.of(seen));
    }

    private static Decision withoutTrace(ActionRule rule, Observation seen) {
        if (rule.traceless()) {
            return new Decision.Close(Outcome.DONE, "accepted; no look showed it", null);
        }
        var text = "%s was accepted but without effect for %d minutes: it is %s (%s)"
                .formatted(
                        rule.operation(),
                        DecisionPolicy.START_SHOWS.toMinutes(),
                        words(ActionPhase.of(seen)),
                        seen.seen().text());
        return new Decision.Close(
                Outcome.FAILED,
                text,
                new Failure(null, text, "OPERATOR", "Look at the task in the console, then rerun.", null));
    }

    /** The look may still show what was before the call. */
    boolean isFresh(LedgerRow row, Observation seen) {
        return row.call() != null && seen.lookedAt().isBefore(row.call().at().plus(policy.settle()));
    }

    private static Decision failed(ActionRule rule, Observation seen) {
        if (seen.task().isFailure() && seen.error() == null) {
            return new Decision.Inspect();
        }
        if (seen.task().isFailure()) {
            var failure = seen.failure();
            return new Decision.Close(Outcome.FAILED, failure.text(), failure);
        }
        var text = "%s came to nothing: it is %s (%s)"
                .formatted(
                        rule.operation(),
                        words(ActionPhase.of(seen)),
                        seen.seen().text());
        return new Decision.Close(
                Outcome.FAILED,
                text,
                new Failure(null, text, "OPERATOR", "Look at the task in the console, then rerun.", null));
    }

    private static Decision unclear(ActionRule rule, Observation seen) {
        var text = "the answer of %s was lost, and %s does not show whether it was carried out; it was not sent again"
                .formatted(rule.operation(), seen.seen().text());
        return new Decision.Close(
                Outcome.FAILED,
                text,
                new Failure(
                        null,
                        text,
                        "OPERATOR",
                        "Look at the task in the console; rerun if it was not carried out.",
                        null));
    }

    private Decision look(LedgerRow row, Observation seen, @Nullable String attention, Instant now) {
        return patience.look(row, row.stage(), attention, seen, now);
    }

    private static ActionPhase before(LedgerRow row) {
        return PhaseChanges.point(row.seen());
    }

    private static String words(ActionPhase point) {
        return point.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
