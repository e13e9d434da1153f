package dev.smsrunner.notification;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Delivers messages over one channel in their order, on a thread of its own. */
final class DeliveryQueue implements AutoCloseable {

    private static final int TRIES = 5;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** A wait that can be told from real time in tests. */
    @FunctionalInterface
    interface Pause {
        /** Waits that long. */
        void of(Duration time) throws InterruptedException;
    }

    private final Channel channel;
    private final Pause pause;
    private final Consumer<String> lost;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(DeliveryQueue::daemon);

    /**
     * @param lost hears of a message that nobody took
     */
    DeliveryQueue(Channel channel, Pause pause, Consumer<String> lost) {
        this.channel = channel;
        this.pause = pause;
        this.lost = lost;
    }

    void send(String text, String json) {
        try {
            thread.execute(() -> deliver(text, json));
        } catch (RejectedExecutionException ex) {
            lost.accept("Not delivered to %s, it came too late: %s".formatted(channel.name(), text));
        }
    }

    private void deliver(String text, String json) {
        try {
            for (int attempt = 1; !delivered(text, json, attempt == TRIES); attempt++) {
                pause.of(Duration.ofSeconds(1L << attempt));
            }
        } catch (InterruptedException ex) {
            lost.accept(
                    "Not delivered to %s within %d seconds: %s".formatted(channel.name(), PATIENCE.toSeconds(), text));
        }
    }

    /** Whether it need not be tried again: it arrived, or never will. */
    private boolean delivered(String text, String json, boolean last) throws InterruptedException {
        try {
            channel.deliver(text, json);
            return true;
        } catch (IOException ex) {
            boolean over = last || !channel.mayTryAgain(ex);
            if (over) {
                lost.accept("Not delivered to %s, %s: %s".formatted(channel.name(), reason(ex), text));
            }
            return over;
        }
    }

    /** The kind of a failure, since its text can hold the address. */
    private static String reason(IOException failure) {
        return failure.getClass().getPackageName().startsWith("java.net")
                        || failure instanceof javax.net.ssl.SSLException
                ? failure.getClass().getSimpleName()
                : String.valueOf(failure.getMessage());
    }

    /** Waits a little for what is under way: a process that ends must not take its last message along. */
    @Override
    public void close() {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                thread.shutdownNow();
                thread.awaitTermination(1, TimeUnit.SECONDS);
            }
        } catch (InterruptedException ex) {
            thread.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    private static Thread daemon(Runnable work) {
        var thread = new Thread(work, "notice");
        thread.setDaemon(true);
        return thread;
    }
}
