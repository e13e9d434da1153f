package dev.smsrunner.reconcile;

import dev.smsrunner.intent.Backoff;
import dev.smsrunner.intent.IntentExecutor;
import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.support.Sleeper;
import java.time.Clock;
import java.time.Duration;
import java.util.function.DoubleSupplier;

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
        Sleeper sleeper) {}
