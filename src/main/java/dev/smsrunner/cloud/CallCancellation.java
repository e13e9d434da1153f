package dev.smsrunner.cloud;

import dev.smsrunner.support.Sleeper;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Two-phase shutdown of API calls. First it cancels queued calls; later it abandons the answers of calls in flight. Thread-safe. */
public final class CallCancellation {

    private static final Duration SLICE = Duration.ofMillis(100);

    private final List<Runnable> onStop = new CopyOnWriteArrayList<>();
    private final List<Runnable> onAbandon = new CopyOnWriteArrayList<>();
    private final Runnable heartbeat;
    private volatile boolean stopped;
    private volatile boolean abandoned;

    /** Cancellation without a heartbeat. */
    public CallCancellation() {
        this(() -> {});
    }

    /** @param heartbeat runs at each check of a call for cancellation: a sign that calls make progress */
    public CallCancellation(Runnable heartbeat) {
        this.heartbeat = heartbeat;
    }

    /** Cancels waiting for the rate limiter and for retries. Cancelled calls count as not sent. */
    public void stopQueued() {
        stopped = true;
        onStop.forEach(Runnable::run);
    }

    /** Cancels waiting for answers. The result of a call in flight is unknown. */
    public void abandonInFlight() {
        stopQueued();
        abandoned = true;
        onAbandon.forEach(Runnable::run);
    }

    boolean isStopped() {
        heartbeat.run();
        return stopped;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** Registers callbacks; runs them at once when their phase has been reached. */
    void register(Runnable stopQueued, Runnable abandonInFlight) {
        onStop.add(stopQueued);
        onAbandon.add(abandonInFlight);
        if (stopped) {
            stopQueued.run();
        }
        if (abandoned) {
            abandonInFlight.run();
        }
    }

    void unregister(Runnable stopQueued, Runnable abandonInFlight) {
        onStop.remove(stopQueued);
        onAbandon.remove(abandonInFlight);
    }

    /** Sleeps until the time is over or queued calls are cancelled. */
    void sleep(Duration time, Sleeper sleeper) throws InterruptedException {
        for (var left = time; !stopped && !left.isNegative() && !left.isZero(); left = left.minus(SLICE)) {
            sleeper.sleep(left.compareTo(SLICE) < 0 ? left : SLICE);
        }
    }
}
