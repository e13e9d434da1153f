package dev.smsrunner.changestate;

import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.CallResult;
import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.jobfile.ServiceSettings.CopystateStyle;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.preflight.Examiner;
import dev.smsrunner.preflight.Finding;
import dev.smsrunner.preflight.SourceMatcher;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.DesiredRows;
import dev.smsrunner.reconcile.Observation;
import dev.smsrunner.reconcile.RowTransitions;
import dev.smsrunner.reconcile.SingleCallReconciler;
import dev.smsrunner.sms.SmsApi;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Objects;

/** The job {@code changestate}: what it sees in a row, what it decides, what it sends. */
public final class ChangestateJob implements SingleCallReconciler.Purpose {

    private final SmsApi sms;
    private final DesiredRows wanted;
    private final CopystateStyle style;
    private final ChangestateDecision decision;
    private final CallFailurePolicy refusals;
    private final Clock clock;

    /**
     * The job over the rows of a run.
     *
     * @param style the letter case in which the copy state is written
     */
    public ChangestateJob(
            SmsApi sms,
            DesiredRows wanted,
            CopystateStyle style,
            DecisionPolicy policy,
            CallFailurePolicy refusals,
            Clock clock) {
        this.sms = sms;
        this.wanted = wanted;
        this.style = style;
        this.decision = new ChangestateDecision(policy);
        this.refusals = refusals;
        this.clock = clock;
    }

    /** Looks at the account and examines rows. */
    public static Examiner examiner(SmsApi sms, Clock clock) {
        return SourceMatcher.load(sms, found -> judge(found, clock.instant()));
    }

    private static SourceMatcher.Assessment judge(SourceMatcher.Candidate found, Instant now) {
        var wanted = DesiredState.of(found.row());
        var seen = Observation.of(found.source(), now);
        var findings = new ArrayList<Finding>();
        if (wanted.isIn(seen)) {
            findings.add(Finding.nothingToDo("%s.", ChangestateDecision.alreadySo(wanted)));
        } else if (ChangestateDecision.isDeaf(seen.copy())) {
            findings.add(Finding.warning(
                    "SMS documents that a change has no effect while the source is %s.",
                    seen.seen().copyState()));
        }
        if (wanted.copystate() == null) {
            findings.add(Finding.warning(
                    "The row has no copystate. SMS pages since 2026-01 demand it beside migrationcycle, older pages do not. Set"
                            + " copystate; the source has %s now.",
                    seen.seen().copyState()));
        }
        return new SourceMatcher.Assessment(
                findings,
                "change source %s from copy state %s, cycle %s to %s"
                        .formatted(
                                found.source().id(),
                                seen.seen().copyState(),
                                seen.seen().migrationCycle(),
                                wanted.words()),
                null);
    }

    @Override
    public CallState settlement(LedgerRow row, Observation seen) {
        return decision.settlement(of(row), row, seen);
    }

    @Override
    public Decision decide(LedgerRow row, Observation seen, Instant now) {
        return decision.decide(of(row), row, seen, now);
    }

    @Override
    public MutatingCall change(LedgerRow row) {
        var source = Objects.requireNonNull(row.sourceId());
        var state = of(row);
        return new MutatingCall(
                row,
                Operation.CHANGESTATE,
                source,
                () -> {
                    sms.changeState(source, state.writtenState(style), state.writtenCycle());
                    return null;
                },
                this::answered);
    }

    @Override
    public void retried(int row) {
        refusals.forget(row);
    }

    private MutatingCall.Consequence answered(LedgerRow row, CallResult answer) {
        return answer.state() == CallState.DONE
                ? RowTransitions.begun(row, clock.instant())
                : refusals.meaning(row, answer, clock.instant());
    }

    private DesiredState of(LedgerRow row) {
        return DesiredState.of(wanted.of(row));
    }
}
