package dev.smsrunner.run;

import dev.smsrunner.cloud.CallCancellation;
import dev.smsrunner.intent.StopSignal;
import java.time.Duration;

/** Ends the API calls when the run must stop, so that a stop takes seconds even if the service responds slowly. */
final class CallShutdown implements AutoCloseable {

    private static final Duration POLL_INTERVAL = Duration.ofMillis(100);

    /** Time for responses to calls in flight: a call with a response needs no later lookup of its effect. */
    private static final Duration RESPONSE_TIMEOUT = Duration.ofSeconds(10);

    private final StopSignal stopSignal;
    private final CallCancellation cancellation;
    private final Thread watch = new Thread(this::watch, "call-shutdown");

    CallShutdown(StopSignal stopSignal, CallCancellation cancellation) {
        this.stopSignal = stopSignal;
        this.cancellation = cancellation;
        watch.setDaemon(true);
        watch.start();
    }

    private void watch() {
        try {
            while (!stopSignal.isRequested()) {
                Thread.sleep(POLL_INTERVAL.toMillis());
            }
            cancellation.stopQueued();
            Thread.sleep(RESPONSE_TIMEOUT.toMillis());
            cancellation.abandonInFlight();
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        watch.interrupt();
    }
}
