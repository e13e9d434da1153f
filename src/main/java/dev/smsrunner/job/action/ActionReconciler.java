package dev.smsrunner.job.action;

import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Event;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.reconcile.Decision;
import dev.smsrunner.reconcile.DecisionPolicy;
import dev.smsrunner.reconcile.DesiredRows;
import dev.smsrunner.reconcile.Observation;
import dev.smsrunner.reconcile.RowReconciler;
import dev.smsrunner.sms.SmsApi;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Decisions and calls of the job {@code action}. */
final class ActionReconciler extends RowReconciler {

    private final SmsApi sms;
    private final DesiredRows desiredRows;
    private final ActionDecision decision;
    private final PhaseChanges phaseChanges;
    private final IntFunction<@Nullable String> keptFacts;
    private final Map<Integer, PriorResult> priorResults = new HashMap<>();
    private final Map<Integer, Instant> priorResultsReadAt = new HashMap<>();

    /**
     * Reconciler of the rows of a run.
     *
     * @param earlier events of the run so far, empty before the first call
     * @param keptFacts stored result of {@link #factsToKeep} for a row number
     */
    ActionReconciler(
            SmsApi sms,
            DesiredRows desiredRows,
            DecisionPolicy policy,
            CallFailurePolicy failurePolicy,
            List<Event> earlier,
            IntFunction<@Nullable String> keptFacts,
            Clock clock) {
        super(failurePolicy, clock);
        this.phaseChanges = new PhaseChanges(earlier);
        this.keptFacts = keptFacts;
        this.sms = sms;
        this.desiredRows = desiredRows;
        this.decision = new ActionDecision(policy);
    }

    @Override
    public CallState callState(LedgerRow row, Observation observed) {
        phaseChanges.recordObservation(row, observed);
        return decision.callState(rule(row), row, observed);
    }

    @Override
    public Decision decide(LedgerRow row, Observation observed, Instant now) {
        var decisionByStates = decision.decide(rule(row), row, observed, phaseChanges.hasChangedSinceCall(row), now);
        if (!ActionResults.isNeeded(rule(row))) {
            return decisionByStates;
        }
        if (decisionByStates instanceof Decision.Send) {
            readPriorResult(row, now);
        }
        return row.hasExecutedCall() ? decideByResult(row, observed, decisionByStates, now) : decisionByStates;
    }

    /**
     * Reads the results that the task shows before the call, since they do not belong to the call. Reads again after a
     * minute for a row that must wait.
     */
    private void readPriorResult(LedgerRow row, Instant now) {
        var last = priorResultsReadAt.get(row.row());
        if (last == null || now.isAfter(last.plus(Duration.ofMinutes(1)))) {
            priorResults.put(row.row(), PriorResult.of(sms.showTask(Objects.requireNonNull(row.taskId()))));
            priorResultsReadAt.put(row.row(), now);
        }
    }

    @Override
    public @Nullable String factsToKeep(LedgerRow row) {
        var result = priorResults.get(row.row());
        return result == null ? null : result.toJson();
    }

    /**
     * Decides by the result that the task shows, once the states show that the operation is over. While they show no
     * progress, only a failure counts.
     */
    private Decision decideByResult(LedgerRow row, Observation observed, Decision decisionByStates, Instant now) {
        boolean over = decisionByStates instanceof Decision.Finish finish && finish.outcome() == Outcome.DONE;
        boolean stuck = decisionByStates instanceof Decision.Wait wait && wait.attention() != null;
        boolean hasMoved = phaseChanges.hasChangedSinceCall(row);
        boolean isUnmoved = ActionDecision.isUnmoved(rule(row), observed, hasMoved);
        if (!over && !stuck && !isUnmoved) {
            return decisionByStates;
        }
        if (decision.isFresh(row, observed)) {
            return new Decision.Wait(row.stage(), null);
        }
        var shown = sms.showTask(Objects.requireNonNull(row.taskId()));
        var earlier = priorResults.computeIfAbsent(row.row(), number -> PriorResult.fromJson(keptFacts.apply(number)));
        var judged = ActionResults.judge(rule(row), row, shown, earlier, hasMoved, now);
        boolean failed = judged instanceof Decision.Finish finish && finish.outcome() == Outcome.FAILED;
        return over || failed || isUnmoved ? judged : decisionByStates;
    }

    @Override
    public boolean takesPlace(LedgerRow row) {
        return rule(row).takesPlace();
    }

    @Override
    public MutatingCall call(LedgerRow row) {
        var task = Objects.requireNonNull(row.taskId());
        var action = Action.of(desiredRows.of(row));
        phaseChanges.recordSend(row);
        priorResultsReadAt.remove(row.row());
        return call(row, Operation.ACTION, task, deadline -> sms.until(deadline).act(task, action.body()));
    }

    private ActionRule rule(LedgerRow row) {
        return Action.of(desiredRows.of(row)).rule();
    }
}
