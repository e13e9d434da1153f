package dev.smsrunner.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.intent.CallFailurePolicy;
import dev.smsrunner.intent.IntentExecutor;
import dev.smsrunner.intent.MutatingCall;
import dev.smsrunner.intent.StopSignal;
import dev.smsrunner.ledger.CallState;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.Operation;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.support.Failures;
import dev.smsrunner.support.TestDatabases;
import dev.smsrunner.support.TestLedger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Loop with a job whose calls are lost each time, without being executed. */
class ReconcileLoopTests {

    private static final int PASSES = 20;

    private final LostCalls reconciler = new LostCalls();

    @Test
    void eighthLostCallEndsTheRow(@TempDir Path data) throws InterruptedException {
        var row = run(data, () -> null);

        assertThat(row.outcome()).isEqualTo(Outcome.FAILED);
        assertThat(row.reason()).startsWith("given up after 8 calls without a clear answer; none was executed");
        assertThat(reconciler.sent).isEqualTo(8);
    }

    @Test
    void waitingRowIsNotEndedByLostCalls(@TempDir Path data) throws InterruptedException {
        reconciler.waits = true;

        var row = run(data, () -> reconciler.decided == PASSES ? StopSignal.Reason.STOPPED : null);

        assertThat(row.isOpen()).isTrue();
        assertThat(reconciler.sent).isEqualTo(7);
    }

    private LedgerRow run(Path data, StopSignal stopSignal) throws InterruptedException {
        try (var testLedger = new TestLedger(TestDatabases.embedded(data))) {
            testLedger.plan(1);
            var clock = testLedger.clock();
            var executor = new IntentExecutor(
                    testLedger.ledger(), testLedger.owner(), Runnable::run, () -> null, () -> 10, clock);
            var context = new ReconcileContext(
                    testLedger.ledger(),
                    testLedger.owner(),
                    executor,
                    Duration.ofSeconds(30),
                    Duration.ofDays(3),
                    CallFailurePolicy.backoff(Duration.ofSeconds(30), new Random(1)),
                    () -> 10,
                    stopSignal,
                    clock,
                    clock::pass);
            new ReconcileLoop(context, reconciler).run();
            return testLedger.row(1);
        }
    }

    private static final class LostCalls implements JobReconciler<Observation> {

        private final CallFailurePolicy failurePolicy =
                new CallFailurePolicy(CallFailurePolicy.backoff(Duration.ofSeconds(30), new Random(1)));
        private boolean waits;
        private int decided;
        private int sent;

        @Override
        public Function<LedgerRow, Observation> observe(List<LedgerRow> open, Instant now) {
            return row -> RowFixtures.seeing("RUNNING", "replicate", "replicating");
        }

        @Override
        public CallState callState(LedgerRow row, Observation observed) {
            return row.call() == null ? CallState.DONE : CallState.ABSENT;
        }

        @Override
        public Decision decide(LedgerRow row, Observation observed, Instant now) {
            decided++;
            return waits && sent == 7 ? new Decision.Wait(Stage.PLANNED, null) : new Decision.Send();
        }

        @Override
        public CallFailurePolicy failurePolicy() {
            return failurePolicy;
        }

        @Override
        public boolean act(List<PendingAction> pending, PassActions actions) {
            return actions.performSome(
                    actions.rows(pending).stream().map(this::call).toList());
        }

        private MutatingCall call(LedgerRow row) {
            return new MutatingCall(
                    row,
                    Operation.CHANGESTATE,
                    "source-1",
                    this::send,
                    (after, result) -> failurePolicy.effectOf(after, result, Instant.EPOCH));
        }

        private @Nullable String send(Instant deadline) {
            sent++;
            throw Failures.unknown("UpdateCopyState");
        }
    }
}
