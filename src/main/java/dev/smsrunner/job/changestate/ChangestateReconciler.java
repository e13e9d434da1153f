package dev.smsrunner.job.changestate;

import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.jobfile.ServiceSettings.CopystateStyle;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.DesiredRows;
import dev.smsrunner.reconcile.Observation;
import dev.smsrunner.reconcile.RowReconciler;
import dev.smsrunner.sms.SmsApi;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;

/** Decisions and calls of the job {@code changestate}. */
final class ChangestateReconciler extends RowReconciler {

    private final SmsApi sms;
    private final DesiredRows desiredRows;
    private final CopystateStyle style;
    private final ChangestateDecision decision;

    /**
     * Reconciler of the rows of a run.
     *
     * @param style letter case in which the copy state is written
     */
    ChangestateReconciler(
            SmsApi sms,
            DesiredRows desiredRows,
            CopystateStyle style,
            DecisionPolicy policy,
            CallFailurePolicy failurePolicy,
            Clock clock) {
        super(failurePolicy, clock);
        this.sms = sms;
        this.desiredRows = desiredRows;
        this.style = style;
        this.decision = new ChangestateDecision(policy);
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
        return call(
                row,
                Operation.CHANGESTATE,
                source,
                deadline -> sms.until(deadline).changeState(source, state.copystateToSend(style), state.cycleToSend()));
    }

    private DesiredState of(LedgerRow row) {
        return DesiredState.of(desiredRows.of(row));
    }
}
