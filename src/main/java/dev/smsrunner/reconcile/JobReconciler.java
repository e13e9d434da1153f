package dev.smsrunner.reconcile;

import dev.smsrunner.cutover.GateAnswer;
import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.Consistency;
import dev.smsrunner.ledger.Control;
import dev.smsrunner.ledger.LedgerRow;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The job-specific part of the reconcile loop: observations, lost answers, decisions and calls. Ledger, intents, rate
 * limits, stop and waiting are common to all jobs.
 *
 * @param <O> observation of a row
 */
public interface JobReconciler<O extends ObservedResource> {

    /** Sets the rows of the run; called once, before anything else. */
    default void attach(RowCache rowCache) {}

    /**
     * Makes the observations that are needed once, before the first pass.
     *
     * @throws dev.smsrunner.cloud.ApiException when the service is unreachable; the loop retries
     */
    default void prepare(PassActions actions) {}

    /**
     * Observes the resources of the open rows, in as few calls as the service allows.
     *
     * @return the observation of each row
     * @throws dev.smsrunner.cloud.ApiException when the service is unreachable
     */
    Function<LedgerRow, O> observe(List<LedgerRow> open, Instant now);

    /** State of the row's latest call; unchanged when the observation does not show it. */
    CallState callState(LedgerRow row, O observed);

    /**
     * Latest known comparison of source and target of the row; null when the row does not request one. An unreadable
     * comparison does not fail the row.
     */
    default @Nullable Consistency consistency(LedgerRow row, O observed, Instant now) {
        return row.consistency();
    }

    /**
     * Decides the next step for the row.
     *
     * @throws dev.smsrunner.cloud.ApiException when a query for the single row failed
     */
    Decision decide(LedgerRow row, O observed, Instant now);

    /**
     * Adds explanations to the decision, after all rows are decided. The other rows are in their observed state.
     *
     * @param row state before the decision
     */
    default Decision explain(LedgerRow row, Decision decision) {
        return decision;
    }

    /** Decision for a row whose own query failed: wait, or give up where the job has a time limit. */
    default Decision waitOrGiveUp(LedgerRow row, Decision.Wait wait, O observed, Instant now) {
        return wait;
    }

    /** Policy for the calls of the job. The loop counts lost calls with it, and resets it after an operator's retry. */
    CallFailurePolicy failurePolicy();

    /** Maximum number of restarts of a failed row. */
    default int maxRestarts() {
        return 0;
    }

    /**
     * Refusal of an operator's launch request; empty when the launch is allowed in its turn.
     *
     * @param forced whether the launch overrides the order
     */
    default Optional<String> launchRefusal(LedgerRow row, boolean forced, Instant now) {
        return Optional.of("this job launches nothing");
    }

    /**
     * Operator and overridden obstacles of a forced launch; empty when nothing blocks the launch.
     *
     * @param by operator who forces it
     */
    default Optional<String> describeOverride(LedgerRow row, String by) {
        return Optional.empty();
    }

    /** Answer to an operator who approves or denies a gate. */
    default GateAnswer answerGate(Control control, Instant now) {
        return GateAnswer.refused("this job has no gates");
    }

    /** Limit that blocks the launch of the row in its turn or by force; empty when there is none. */
    default Optional<String> launchLimit(LedgerRow row, Instant now) {
        return Optional.empty();
    }

    /** Forgets what else the job has recorded of the row after an operator's retry. */
    default void onRetry(int row) {}

    /**
     * Rows that are reopened together with other rows, since they ended only because of them.
     *
     * @param changed the other rows in their new state: retried, skipped, or being launched
     */
    default List<LedgerRow> rowsFreedBy(List<LedgerRow> changed, Instant now) {
        return List.of();
    }

    /** Time when the next row may start or launch without any other change; empty when unknown. */
    default Optional<Instant> nextDue(Instant now) {
        return Optional.empty();
    }

    /**
     * Carries out the decisions, within the calls of this pass.
     *
     * @return whether calls that did not fit are left for an immediate next pass
     */
    boolean act(List<PendingAction> pending, PassActions actions);
}
