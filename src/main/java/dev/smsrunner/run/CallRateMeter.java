package dev.smsrunner.run;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** Rate of API calls per second, over the last five seconds. */
final class CallRateMeter {

    private static final int WINDOW_SECONDS = 5;

    private final LongSupplier nanos;
    private final Deque<Long> calls = new ArrayDeque<>();

    CallRateMeter(LongSupplier nanos) {
        this.nanos = nanos;
    }

    synchronized void recordCall() {
        calls.add(nanos.getAsLong());
        removeOld();
    }

    synchronized double perSecond() {
        removeOld();
        return calls.size() / (double) WINDOW_SECONDS;
    }

    private void removeOld() {
        long oldest = nanos.getAsLong() - TimeUnit.SECONDS.toNanos(WINDOW_SECONDS);
        while (!calls.isEmpty() && calls.peek() < oldest) {
            calls.poll();
        }
    }
}
