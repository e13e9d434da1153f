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

/** The open event streams, one thread each, at most fifty. */
final class EventStreams implements AutoCloseable {

    private static final int MAX_STREAMS = 50;

    private final Semaphore permits = new Semaphore(MAX_STREAMS);
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

    /** Starts a stream that takes over the request; returns the error response if there is no room. */
    Optional<PageResponse> start(HttpExchange request, RunView view) {
        if (closing.getCount() == 0 || !permits.tryAcquire()) {
            return Optional.of(PageResponse.error(503, "50 pages are open already. Close one of them."));
        }
        threads.execute(() -> serve(request, view));
        return Optional.empty();
    }

    private void serve(HttpExchange request, RunView view) {
        try (request) {
            new EventStream(request, view, nanos, this::pause).serve();
        } catch (IOException | RuntimeException ex) {
            // the browser has gone, or reconnects by itself
        } finally {
            permits.release();
        }
    }

    /** Waits; returns whether the server is closing. */
    private boolean pause(long millis) {
        try {
            return closing.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException ex) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Lets each stream send its last changes, then ends them. */
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
