package dev.smsrunner.changestate;

import dev.smsrunner.ledger.AttentionCause;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Outcome;
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

/** Decides for one row of the job {@code changestate}; pure. A 200 proves nothing, only the source read back does. */
final class ChangestateDecision {

    /** States in which UpdateCopyState has no effect, although it answers 200 (API reference 2026-01-27). */
    private static final Set<CopyState> DEAF = EnumSet.of(
            CopyState.UNAVAILABLE,
            CopyState.STOPPING,
            CopyState.STOPPED,
            CopyState.DELETING,
            CopyState.FINISHED,
            CopyState.CLEARING,
            CopyState.CLEARFAILED);

    private final DecisionPolicy policy;
    private final StallPolicy patience;

    ChangestateDecision(DecisionPolicy policy) {
        this.policy = policy;
        this.patience = new StallPolicy(policy, "the source was left as it is");
    }

    /** Whether SMS documents that nothing can be written over the state. */
    static boolean isDeaf(CopyState state) {
        return DEAF.contains(state);
    }

    /** What the look tells of a call whose answer was lost: writing the same again does no harm. */
    CallState settlement(DesiredState wanted, LedgerRow row, Observation seen) {
        var call = row.call();
        if (call == null) {
            return CallState.DONE;
        }
        if (!call.state().undecided() || !seen.listed()) {
            return call.state();
        }
        if (wanted.isIn(seen)) {
            return CallState.SEEN;
        }
        boolean patient = !seen.lookedAt().isBefore(call.at().plus(policy.grace()));
        return patient ? CallState.ABSENT : call.state();
    }

    Decision decide(DesiredState wanted, LedgerRow row, Observation seen, Instant now) {
        if (!seen.listed()) {
            return new Decision.Confirm();
        }
        var call = row.call();
        if (call != null && call.state().undecided()) {
            return look(row, seen, "the answer of the change was lost; looking whether it was carried out", now);
        }
        boolean sent = call != null && call.state().executed();
        if (wanted.isIn(seen)) {
            return sent
                    ? new Decision.Close(Outcome.DONE, null, null)
                    : new Decision.Close(Outcome.SKIPPED, alreadySo(wanted), null);
        }
        return sent ? after(wanted, row, seen, now) : before(row, seen, now);
    }

    static String alreadySo(DesiredState wanted) {
        return "nothing to do: the source has %s already".formatted(wanted.words());
    }

    private Decision before(LedgerRow row, Observation seen, Instant now) {
        if (seen.copy() == CopyState.UNKNOWN) {
            return look(row, seen, AttentionCause.UNKNOWN_STATE.text(seen.seen().text()), now);
        }
        boolean early = row.nextAt() != null && now.isBefore(row.nextAt());
        return early ? new Decision.Look(row.stage(), row.attention()) : new Decision.Send();
    }

    private Decision after(DesiredState wanted, LedgerRow row, Observation seen, Instant now) {
        if (seen.lookedAt().isBefore(row.call().at().plus(policy.settle()))) {
            return look(row, seen, null, now);
        }
        var text = "accepted but without effect while the source is %s, cycle %s (wanted: %s)"
                .formatted(said(seen.seen().copyState()), said(seen.seen().migrationCycle()), wanted.words());
        var action = isDeaf(seen.copy())
                ? "SMS writes nothing over this state; wait until it changes, then rerun."
                : "The migration went on meanwhile; look at the source in the console, then rerun if it is still wanted.";
        return new Decision.Close(Outcome.FAILED, text, new Failure(null, text, "WAIT", action, null));
    }

    private Decision look(LedgerRow row, Observation seen, @Nullable String attention, Instant now) {
        return patience.look(row, row.stage(), attention, seen, now);
    }

    private static String said(@Nullable String state) {
        return state == null || state.isBlank() ? "unsaid" : state.toLowerCase(Locale.ROOT);
    }
}
