package dev.smsrunner.run;

import dev.smsrunner.cloud.CallCancellation;
import dev.smsrunner.intent.StopSignal;
import java.time.Duration;

/** Brings the calls to an end when the run is halted, so that a stop takes seconds however long the service lets it wait. */
final class CallShutdown implements AutoCloseable {

    private static final Duration LOOK_EVERY = Duration.ofMillis(100);

    /** A call that was sent gets so long to be answered: what was decided by its answer need not be looked up later. */
    private static final Duration FOR_ANSWERS = Duration.ofSeconds(10);

    private final StopSignal halt;
    private final CallCancellation cancellation;
    private final Thread watch = new Thread(this::watch, "halt-watch");

    CallShutdown(StopSignal halt, CallCancellation cancellation) {
        this.halt = halt;
        this.cancellation = cancellation;
        watch.setDaemon(true);
        watch.start();
    }

    private void watch() {
        try {
            while (!halt.wanted()) {
                Thread.sleep(LOOK_EVERY.toMillis());
            }
            cancellation.stopQueued();
            Thread.sleep(FOR_ANSWERS.toMillis());
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
