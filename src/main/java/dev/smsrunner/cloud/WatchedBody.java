package dev.smsrunner.cloud;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.nio.ByteBuffer;
import java.util.concurrent.Flow.Subscriber;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Body of a request that proves whether the request can have reached the service. The client of the JDK subscribes to a
 * body only after it has the connection, the tunnel of the proxy and TLS included, and has sent the headers. Without its
 * body the request is incomplete, so the service cannot carry it out.
 */
final class WatchedBody implements BodyPublisher {

    private enum State {
        WAITING,
        REQUESTED,
        WITHHELD
    }

    private static final Subscription NOTHING = new Subscription() {
        @Override
        public void request(long count) {
            // there is nothing to send
        }

        @Override
        public void cancel() {
            // there is nothing to cancel
        }
    };

    private final BodyPublisher content;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);

    WatchedBody(BodyPublisher content) {
        this.content = content;
    }

    /** Withholds the body; false when it may have been sent before. */
    boolean withhold() {
        return content.contentLength() > 0
                && state.compareAndExchange(State.WAITING, State.WITHHELD) != State.REQUESTED;
    }

    @Override
    public long contentLength() {
        return content.contentLength();
    }

    @Override
    public void subscribe(Subscriber<? super ByteBuffer> subscriber) {
        if (state.compareAndExchange(State.WAITING, State.REQUESTED) == State.WITHHELD) {
            subscriber.onSubscribe(NOTHING);
            subscriber.onError(new IOException("the request was given up"));
        } else {
            content.subscribe(subscriber);
        }
    }
}
