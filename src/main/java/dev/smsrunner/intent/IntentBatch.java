package dev.smsrunner.intent;

import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.IntSupplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Calls in flight with their intents. The owning thread does all bookkeeping; only the calls run on other threads. */
final class IntentBatch {

    private final Ledger ledger;
    private final FencedRun owner;
    private final Executor callExecutor;
    private final StopSignal stopSignal;
    private final IntSupplier maxConcurrent;
    private final Clock clock;

    private final Deque<Batch> queue;
    private final BlockingQueue<List<PendingCall>> results = new LinkedBlockingQueue<>();
    private final List<LedgerRow> finished = new ArrayList<>();
    private final Instant deadline;
    private int inFlight;
    private @Nullable ApiException denied;

    IntentBatch(
            Ledger ledger,
            FencedRun owner,
            Executor callExecutor,
            StopSignal stopSignal,
            IntSupplier maxConcurrent,
            Clock clock,
            Duration lifetime,
            List<Batch> batches) {
        this.ledger = ledger;
        this.owner = owner;
        this.callExecutor = callExecutor;
        this.stopSignal = stopSignal;
        this.maxConcurrent = maxConcurrent;
        this.clock = clock;
        this.queue = new ArrayDeque<>(batches);
        this.deadline = clock.instant().plus(lifetime);
    }

    /** Each cycle is one transaction: results of finished calls and intents of the next calls. */
    List<LedgerRow> run() {
        var writes = new ArrayList<LedgerWrite>();
        while (inFlight > 0 || mayStartCalls()) {
            var next = startCalls();
            next.forEach(call -> call.pending().forEach(pending -> writes.add(pending.intentWrite())));
            ledger.write(owner, writes);
            writes.clear();
            next.forEach(this::send);
            awaitResults().forEach(pending -> writes.add(conclude(pending)));
        }
        ledger.write(owner, writes);
        if (denied != null) {
            throw denied;
        }
        return finished;
    }

    private boolean mayStartCalls() {
        return !queue.isEmpty() && denied == null && !stopSignal.isRequested() && isFresh();
    }

    /** The process may have been frozen after the decision; stale decisions are taken again. */
    private boolean isFresh() {
        return clock.instant().isBefore(deadline);
    }

    /** Starts calls in groups, since each group costs a transaction. */
    private List<OneCall> startCalls() {
        int most = maxConcurrent.getAsInt();
        int room = most - inFlight;
        var next = new ArrayList<OneCall>();
        if (mayStartCalls() && (room >= (most + 1) / 2 || room >= queue.size())) {
            while (next.size() < room && !queue.isEmpty()) {
                next.add(OneCall.of(queue.poll(), clock.instant()));
            }
        }
        return next;
    }

    private void send(OneCall call) {
        inFlight++;
        callExecutor.execute(() -> results.add(call.perform(deadline)));
    }

    private List<PendingCall> awaitResults() {
        var received = new ArrayList<List<PendingCall>>();
        if (inFlight > 0) {
            received.add(takeResult());
            results.drainTo(received);
            inFlight -= received.size();
        }
        return received.stream().flatMap(List::stream).toList();
    }

    /** Every call has a deadline and returns. An interrupt must not lose its result. */
    private List<PendingCall> takeResult() {
        boolean interrupted = false;
        while (true) {
            try {
                var pending = results.take();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                return pending;
            } catch (InterruptedException ex) {
                interrupted = true;
            }
        }
    }

    private LedgerWrite conclude(PendingCall pending) {
        var result = Objects.requireNonNull(pending.result());
        if (result.failure() != null && result.failure().kind() == CallFailureKind.DENIED) {
            denied = result.failure();
        }
        var write = pending.resultWrite(result, clock.instant());
        finished.add(write.row());
        return write;
    }

    /** Batch whose intents are committed, or about to be. */
    private record OneCall(Batch batch, List<PendingCall> pending) {

        static OneCall of(Batch batch, Instant now) {
            return new OneCall(
                    batch,
                    batch.calls().stream()
                            .map(change -> PendingCall.of(change, now))
                            .toList());
        }

        List<PendingCall> perform(Instant deadline) {
            var results = batch.send(deadline);
            return IntStream.range(0, pending.size())
                    .mapToObj(at -> pending.get(at).withResult(results.get(at)))
                    .toList();
        }
    }
}
