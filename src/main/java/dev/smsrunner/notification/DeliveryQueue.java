package dev.smsrunner.notification;

import dev.smsrunner.support.Backoff;
import dev.smsrunner.support.Sleeper;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Delivers messages over one channel, in order and on its own thread. */
final class DeliveryQueue implements AutoCloseable {

    private static final int MAX_ATTEMPTS = 5;
    private static final Backoff BACKOFF = Backoff.exact(Duration.ofSeconds(2), Duration.ofSeconds(16));
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(20);

    private final Channel channel;
    private final Sleeper sleeper;
    private final Consumer<String> undelivered;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(DeliveryQueue::daemon);

    /** @param undelivered receives a text for each undelivered message */
    DeliveryQueue(Channel channel, Sleeper sleeper, Consumer<String> undelivered) {
        this.channel = channel;
        this.sleeper = sleeper;
        this.undelivered = undelivered;
    }

    void send(String text, String json) {
        try {
            thread.execute(() -> deliver(text, json));
        } catch (RejectedExecutionException ex) {
            undelivered.accept("Not delivered to %s, the run was already closing: %s".formatted(channel.name(), text));
        }
    }

    private void deliver(String text, String json) {
        try {
            for (int attempt = 1; !tryDelivery(text, json, attempt == MAX_ATTEMPTS); attempt++) {
                sleeper.sleep(BACKOFF.delay(attempt));
            }
        } catch (InterruptedException ex) {
            undelivered.accept("Not delivered to %s within %d seconds: %s"
                    .formatted(channel.name(), CLOSE_TIMEOUT.toSeconds(), text));
        }
    }

    /** Tries a delivery; returns true when no further attempt is needed: it succeeded, or it never will. */
    private boolean tryDelivery(String text, String json, boolean isLastAttempt) throws InterruptedException {
        try {
            channel.deliver(text, json);
            return true;
        } catch (IOException ex) {
            boolean isFinal = isLastAttempt || !channel.isRetryable(ex);
            if (isFinal) {
                undelivered.accept("Not delivered to %s, %s: %s".formatted(channel.name(), reason(ex), text));
            }
            return isFinal;
        }
    }

    /** Reason of a failure. It is only the exception type when the text may contain the address. */
    private static String reason(IOException failure) {
        return failure.getClass().getPackageName().startsWith("java.net")
                        || failure instanceof javax.net.ssl.SSLException
                ? failure.getClass().getSimpleName()
                : String.valueOf(failure.getMessage());
    }

    /** Waits briefly for pending deliveries, so that an exiting process does not lose its last message. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(CLOSE_TIMEOUT.toSeconds(), TimeUnit.SECONDS)) {
                thread.shutdownNow();
                thread.awaitTermination(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException ex) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "notification");
        thread.setDaemon(true);
        return thread;
    }
}
