package dev.smsrunner.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** How many calls were made per second, over the last five seconds. */
final class CallRateMeter {

    private static final int SECONDS = 5;

    private final LongSupplier nanos;
    private final Deque<Long> calls = new ArrayDeque<>();

    CallRateMeter(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized void called() {
        calls.add(nanos.getAsLong());
        forget();
    }

    synchronized double perSecond() {
        forget();
        return calls.size() / (double) SECONDS;
    }

    private void forget() {
        long oldest = nanos.getAsLong() - TimeUnit.SECONDS.toNanos(SECONDS);
        while (!calls.isEmpty() && calls.peek() < oldest) {
            calls.poll();
        }
    }
}
