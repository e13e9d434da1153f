package dev.smsrunner.job.changestate;

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

/** Job {@code changestate}: preflight, decisions and calls. */
public final class ChangestateJob implements SingleCallReconciler.SingleCallJob {

    private final SmsApi sms;
    private final DesiredRows desiredRows;
    private final CopystateStyle style;
    private final ChangestateDecision decision;
    private final CallFailurePolicy failurePolicy;
    private final Clock clock;

    /**
     * Job over the rows of a run.
     *
     * @param style letter case in which the copy state is written
     */
    public ChangestateJob(
            SmsApi sms,
            DesiredRows desiredRows,
            CopystateStyle style,
            DecisionPolicy policy,
            CallFailurePolicy failurePolicy,
            Clock clock) {
        this.sms = sms;
        this.desiredRows = desiredRows;
        this.style = style;
        this.decision = new ChangestateDecision(policy);
        this.failurePolicy = failurePolicy;
        this.clock = clock;
    }

    /** Examines rows. */
    public static Examiner examiner(SmsApi sms, Clock clock) {
        return SourceMatcher.load(sms, found -> assess(found, clock.instant()));
    }

    private static SourceMatcher.Assessment assess(SourceMatcher.Candidate found, Instant now) {
        var desired = DesiredState.of(found.row());
        var observed = Observation.of(found.source(), now);
        var findings = new ArrayList<Finding>();
        if (desired.matches(observed)) {
            findings.add(Finding.nothingToDo("%s.", ChangestateDecision.nothingToDo(desired)));
        } else if (ChangestateDecision.isIneffective(observed.copy())) {
            findings.add(Finding.warning(
                    "SMS documents that a change has no effect while the source is %s.",
                    observed.states().copyState()));
        }
        if (desired.copystate() == null) {
            findings.add(Finding.warning(
                    "The row has no copystate. SMS pages since 2026-01 require it with migrationcycle, older pages do not. Set"
                            + " copystate; the source has %s now.",
                    observed.states().copyState()));
        }
        return new SourceMatcher.Assessment(
                findings,
                "change source %s from copy state %s, cycle %s to %s"
                        .formatted(
                                found.source().id(),
                                observed.states().copyState(),
                                observed.states().migrationCycle(),
                                desired.text()),
                null);
    }

    @Override
    public CallState callState(LedgerRow row, Observation observed) {
        return decision.callState(of(row), row, observed);
    }

    @Override
    public Decision decide(LedgerRow row, Observation observed, Instant now) {
        return decision.decide(of(row), row, observed, now);
    }

    @Override
    public MutatingCall call(LedgerRow row) {
        var source = Objects.requireNonNull(row.sourceId());
        var state = of(row);
        return new MutatingCall(
                row,
                Operation.CHANGESTATE,
                source,
                () -> {
                    sms.changeState(source, state.copystateToSend(style), state.cycleToSend());
                    return null;
                },
                this::effectOf);
    }

    @Override
    public void onRetry(int row) {
        failurePolicy.forget(row);
    }

    private MutatingCall.RowEffect effectOf(LedgerRow row, CallResult answer) {
        return answer.state() == CallState.DONE
                ? RowTransitions.started(row, clock.instant())
                : failurePolicy.effectOf(row, answer, clock.instant());
    }

    private DesiredState of(LedgerRow row) {
        return DesiredState.of(desiredRows.of(row));
    }
}
