package dev.smsrunner.reconcile;

import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.IntentExecutor;
import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.support.Backoff;
import dev.smsrunner.support.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Context of every reconcile loop.
 *
 * @param every interval between two observations
 * @param awayLimit time that the run waits for an unreachable service
 */
public record ReconcileContext(
        Ledger ledger,
        FencedRun owner,
        IntentExecutor executor,
        Duration every,
        Duration awayLimit,
        Backoff backoff,
        DoubleSupplier callsPerSecond,
        StopSignal stopSignal,
        Clock clock,
        Sleeper sleeper) {

    /**
     * Failure policy for the calls of the run; counts the refusals that the ledger records.
     *
     * @param awayLimit time without an answer after which a row is given up; null means never
     */
    public CallFailurePolicy failurePolicy(@Nullable Duration awayLimit) {
        return new CallFailurePolicy(backoff, ledger.refusalCounts(owner.runId()), awayLimit);
    }
}
