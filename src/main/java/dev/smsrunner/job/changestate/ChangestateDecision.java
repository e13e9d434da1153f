package dev.smsrunner.job.changestate;

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
import dev.smsrunner.sms.CopyState;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides for one row of the job {@code changestate}; pure. A response 200 proves nothing; only the source's state after the
 * call does.
 */
final class ChangestateDecision {

    /** States in which UpdateCopyState has no effect, although it answers 200 (API reference 2026-01-27). */
    private static final Set<CopyState> INEFFECTIVE_STATES = EnumSet.of(
            CopyState.UNAVAILABLE,
            CopyState.STOPPING,
            CopyState.STOPPED,
            CopyState.DELETING,
            CopyState.FINISHED,
            CopyState.CLEARING,
            CopyState.CLEARFAILED);

    private final DecisionPolicy policy;
    private final StallPolicy stallPolicy;

    ChangestateDecision(DecisionPolicy policy) {
        this.policy = policy;
        this.stallPolicy = new StallPolicy(policy, "the source was left as it is");
    }

    /** Whether SMS documents that a write over this state has no effect. */
    static boolean isIneffective(CopyState state) {
        return INEFFECTIVE_STATES.contains(state);
    }

    /** State of the row's latest call, resolved from the observation. A repeated write does no harm. */
    CallState callState(DesiredState desired, LedgerRow row, Observation observed) {
        var call = row.call();
        if (call == null) {
            return CallState.DONE;
        }
        if (!call.state().isUndecided() || !observed.listed()) {
            return call.state();
        }
        if (desired.matches(observed)) {
            return CallState.SEEN;
        }
        return policy.isGraceOver(call, observed) ? CallState.ABSENT : call.state();
    }

    Decision decide(DesiredState desired, LedgerRow row, Observation observed, Instant now) {
        if (!observed.listed()) {
            return new Decision.Confirm();
        }
        if (row.hasUndecidedCall()) {
            return stallPolicy.waitOrGiveUp(
                    row, observed, "the answer of the change was lost; checking whether it was executed", now);
        }
        var sent = row.hasExecutedCall() ? row.call() : null;
        if (desired.matches(observed)) {
            return sent != null
                    ? new Decision.Finish(Outcome.DONE, null, null)
                    : new Decision.Finish(Outcome.SKIPPED, nothingToDo(desired), null);
        }
        return sent != null ? afterCall(desired, row, sent, observed, now) : beforeCall(row, observed, now);
    }

    static String nothingToDo(DesiredState desired) {
        return "nothing to do: the source already has %s".formatted(desired.text());
    }

    private Decision beforeCall(LedgerRow row, Observation observed, Instant now) {
        if (observed.copy() == CopyState.UNKNOWN) {
            return stallPolicy.waitOrGiveUp(
                    row,
                    observed,
                    AttentionCause.UNKNOWN_STATE.text(observed.states().text()),
                    now);
        }
        return row.isPostponed(now) ? new Decision.Wait(row.stage(), row.attention()) : new Decision.Send();
    }

    private Decision afterCall(DesiredState desired, LedgerRow row, RowCall call, Observation observed, Instant now) {
        if (observed.observedAt().isBefore(call.at().plus(policy.settle()))) {
            return stallPolicy.waitOrGiveUp(row, observed, null, now);
        }
        var text = "accepted but without effect while the source is %s, cycle %s (wanted: %s)"
                .formatted(
                        format(observed.states().copyState()),
                        format(observed.states().migrationCycle()),
                        desired.text());
        var action = isIneffective(observed.copy())
                ? "SMS ignores writes over this state. Wait until it changes, then rerun."
                : "The migration has continued meanwhile. Check the source in the console, then rerun if the change is still needed.";
        return Decision.Finish.failed(Failure.of(text, "WAIT", action));
    }

    private static String format(@Nullable String state) {
        return state == null || state.isBlank() ? "not shown" : state.toLowerCase(Locale.ROOT);
    }
}
