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

/** Some changes on their way; owned by the thread that runs it, only the calls themselves run elsewhere. */
final class IntentBatch {

    private final Ledger ledger;
    private final FencedRun owner;
    private final Executor calls;
    private final StopSignal halt;
    private final IntSupplier atOnce;
    private final Clock clock;

    private final Deque<Batch> waiting;
    private final BlockingQueue<List<PendingCall>> answered = new LinkedBlockingQueue<>();
    private final List<LedgerRow> finished = new ArrayList<>();
    private final Instant holdsUntil;
    private int underWay;
    private @Nullable ApiException denied;

    IntentBatch(
            Ledger ledger,
            FencedRun owner,
            Executor calls,
            StopSignal halt,
            IntSupplier atOnce,
            Clock clock,
            Duration fresh,
            List<Batch> batches) {
        this.ledger = ledger;
        this.owner = owner;
        this.calls = calls;
        this.halt = halt;
        this.atOnce = atOnce;
        this.clock = clock;
        this.waiting = new ArrayDeque<>(batches);
        this.holdsUntil = clock.instant().plus(fresh);
    }

    /** One transaction per turn: the answers that came in, and the intents of the calls that go out next. */
    List<LedgerRow> run() {
        var entries = new ArrayList<LedgerWrite>();
        while (underWay > 0 || mayBegin()) {
            var next = begin();
            next.forEach(call -> call.begun().forEach(begun -> entries.add(begun.intended())));
            ledger.write(owner, entries);
            entries.clear();
            next.forEach(this::send);
            awaitSome().forEach(begun -> entries.add(conclude(begun)));
        }
        ledger.write(owner, entries);
        if (denied != null) {
            throw denied;
        }
        return finished;
    }

    private boolean mayBegin() {
        return !waiting.isEmpty() && denied == null && !halt.wanted() && fresh();
    }

    /** What was decided on a look of long ago is looked at again first: the process may have been frozen meanwhile. */
    private boolean fresh() {
        return clock.instant().isBefore(holdsUntil);
    }

    /** Begins calls in groups, not one by one, since each group costs a transaction. */
    private List<OneCall> begin() {
        int most = atOnce.getAsInt();
        int room = most - underWay;
        var next = new ArrayList<OneCall>();
        if (mayBegin() && (room >= (most + 1) / 2 || room >= waiting.size())) {
            while (next.size() < room && !waiting.isEmpty()) {
                next.add(OneCall.of(waiting.poll(), clock.instant()));
            }
        }
        return next;
    }

    private void send(OneCall call) {
        underWay++;
        calls.execute(() -> answered.add(DecisionDeadline.until(holdsUntil, call::perform)));
    }

    private List<PendingCall> awaitSome() {
        var some = new ArrayList<List<PendingCall>>();
        if (underWay > 0) {
            some.add(take());
            answered.drainTo(some);
            underWay -= some.size();
        }
        return some.stream().flatMap(List::stream).toList();
    }

    /** Every call comes back, since each has a deadline; an interrupt must not lose its answer. */
    private List<PendingCall> take() {
        boolean interrupted = false;
        while (true) {
            try {
                var begun = answered.take();
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
                return begun;
            } catch (InterruptedException ex) {
                interrupted = true;
            }
        }
    }

    private LedgerWrite conclude(PendingCall begun) {
        var answer = Objects.requireNonNull(begun.answer());
        if (answer.failure() != null && answer.failure().kind() == CallFailureKind.DENIED) {
            denied = answer.failure();
        }
        var entry = begun.concluded(answer, clock.instant());
        finished.add(entry.row());
        return entry;
    }

    /** A batch whose intents are or are about to be committed. */
    private record OneCall(Batch batch, List<PendingCall> begun) {

        static OneCall of(Batch batch, Instant now) {
            return new OneCall(
                    batch,
                    batch.changes().stream()
                            .map(change -> PendingCall.of(change, now))
                            .toList());
        }

        List<PendingCall> perform() {
            var answers = batch.answers();
            return IntStream.range(0, begun.size())
                    .mapToObj(at -> begun.get(at).answered(answers.get(at)))
                    .toList();
        }
    }
}
