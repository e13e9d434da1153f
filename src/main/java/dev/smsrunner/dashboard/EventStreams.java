package dev.smsrunner.dashboard;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/** The browsers that are told at once what changes, each by a thread of its own, fifty at most. */
final class EventStreams implements AutoCloseable {

    private static final int MOST = 50;

    private final Semaphore places = new Semaphore(MOST);
    private final CountDownLatch closing = new CountDownLatch(1);
    private final LongSupplier nanos;
    private final ExecutorService threads = Executors.newCachedThreadPool(work -> {
        var thread = new Thread(work, "dashboard-stream");
        thread.setDaemon(true);
        return thread;
    });

    EventStreams(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Takes the request over; the answer says why not, when there is one. */
    Optional<PageResponse> begin(HttpExchange request, RunView view) {
        if (closing.getCount() == 0 || !places.tryAcquire()) {
            return Optional.of(PageResponse.error(503, "Fifty pages are open already."));
        }
        threads.execute(() -> serve(request, view));
        return Optional.empty();
    }

    private void serve(HttpExchange request, RunView view) {
        try (request) {
            new EventStream(request, view, nanos, this::pause).serve();
        } catch (IOException | RuntimeException ex) {
            // whoever looked has gone, or comes again by itself
        } finally {
            places.release();
        }
    }

    /** Waits that long; whether it is time to end. */
    private boolean pause(long millis) {
        try {
            return closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Tells everybody the last news and lets them go. */
    @Override
    public void close() {
        closing.countDown();
        threads.shutdown();
        try {
            threads.awaitTermination(1, TimeUnit.SECONDS);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
        }
        threads.shutdownNow();
    }
}
