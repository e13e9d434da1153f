package dev.smsrunner.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Behaviour of waiting calls when a run stops. Without cancellation each would wait for minutes. */
@Timeout(60)
class CallCancellationTests {

    private final StubService service = new StubService();
    private final AdaptiveRateLimiter rateLimiter = AdaptiveRateLimiter.fixed(5000);
    private final CallCancellation end = new CallCancellation();
    private final CountDownLatch received = new CountDownLatch(1);

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void aWriteThatWaitsForItsTurnIsNotSent() throws Exception {
        throttle();

        assertThat(runDuring(Calls.write(), end::stopQueued))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        failure -> assertThat(failure.kind()).isEqualTo(CallFailureKind.NOT_SENT));
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void aReadThatWaitsForItsTurnIsCancelled() throws Exception {
        throttle();

        assertThat(runDuring(Calls.read(), end::stopQueued)).isInstanceOf(CallsEndedException.class);
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void aReadThatFailedIsNotTriedAgain() throws Exception {
        service.respondWith((exchange, request, number) -> {
            end.stopQueued();
            received.countDown();
            StubService.answer(502, "").answer(exchange, request, number);
        });

        assertThat(runDuring(Calls.read(), () -> {})).isInstanceOf(CallsEndedException.class);
        assertThat(service.requests()).hasSize(1);
    }

    @Test
    void aRefusalAfterTheStopIsReported() throws Exception {
        service.respondWith((exchange, request, number) -> {
            end.stopQueued();
            received.countDown();
            StubService.answer(404, "").answer(exchange, request, number);
        });

        assertThat(runDuring(Calls.read(), () -> {})).isInstanceOf(ApiException.class);
    }

    @Test
    void aPauseBetweenAttemptsEndsAtOnce() throws InterruptedException {
        end.stopQueued();

        end.sleep(Duration.ofHours(1), time -> {
            throw new AssertionError("waited " + time);
        });
    }

    @Test
    void aMissingAnswerIsAbandoned() throws Exception {
        var neverReleased = new CountDownLatch(1);
        service.respondWith((exchange, request, number) -> {
            received.countDown();
            catchThrowable(neverReleased::await);
        });

        var failure = runDuring(Calls.write(), end::abandonInFlight);
        neverReleased.countDown();

        assertThat(failure)
                .hasMessageContaining("given up")
                .isInstanceOfSatisfying(
                        ApiException.class,
                        unknown -> assertThat(unknown.kind()).isEqualTo(CallFailureKind.UNKNOWN));
    }

    @Test
    void callsAfterTheStopAreNotSent() {
        end.abandonInFlight();
        try (var http = http()) {
            assertThat(catchThrowable(() -> http.call(Calls.read()))).isInstanceOf(CallsEndedException.class);
            assertThat(Calls.failure(() -> http.call(Calls.write())).kind()).isEqualTo(CallFailureKind.NOT_SENT);
        }

        assertThat(service.requests()).isEmpty();
    }

    /** The service requests a pause of 15 minutes. */
    private void throttle() {
        service.respondWith(429, "", "Retry-After", "900");
        new Thread(this::awaitTurn, "watch").start();
    }

    private void awaitTurn() {
        while (rateLimiter.throttledCalls() == 0 || rateLimiter.waiting() == 0) {
            Thread.onSpinWait();
        }
        received.countDown();
    }

    private Throwable runDuring(CloudRequest request, Runnable interruption) throws Exception {
        try (var http = http()) {
            var call = new FutureTask<>(() -> catchThrowable(() -> http.call(request)));
            new Thread(call, "caller").start();
            received.await();
            interruption.run();
            return call.get();
        }
    }

    private CloudHttp http() {
        var gate = new MutationGate() {
            @Override
            public void check(CloudRequest request) {}

            @Override
            public CallCancellation cancellation() {
                return end;
            }
        };
        return new CloudHttp(
                ServiceEndpoint.of(service.url()),
                Calls.KEY,
                rateLimiter,
                gate,
                CallListener.SILENT,
                Calls.settings(Duration.ofMinutes(10)));
    }
}
