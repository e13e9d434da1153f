package dev.smsrunner.cloud;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run that must end: what calls that wait do then. Each would wait for minutes without it. */
@Timeout(60)
class CallCancellationTests {

    private final StubService service = new StubService();
    private final AdaptiveRateLimiter budget = AdaptiveRateLimiter.fixed(5000);
    private final CallCancellation end = new CallCancellation();
    private final CountDownLatch asked = new CountDownLatch(1);

    @AfterEach
    void close() {
        service.close();
    }

    @Test
    void aWriteThatWaitsForItsTurnIsNotSent() throws Exception {
        holdBack();

        assertThat(during(Calls.write(), end::hurry))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        failure -> assertThat(failure.verdict()).isEqualTo(CallFailureKind.NOT_SENT));
        assertThat(service.asked()).hasSize(1);
    }

    @Test
    void aReadThatWaitsForItsTurnTellsNothing() throws Exception {
        holdBack();

        assertThat(during(Calls.read(), end::hurry)).isInstanceOf(CallsEndedException.class);
        assertThat(service.asked()).hasSize(1);
    }

    @Test
    void aReadThatFailedIsNotTriedAgain() throws Exception {
        service.will((exchange, request, number) -> {
            end.hurry();
            asked.countDown();
            StubService.answer(502, "").answer(exchange, request, number);
        });

        assertThat(during(Calls.read(), () -> {})).isInstanceOf(CallsEndedException.class);
        assertThat(service.asked()).hasSize(1);
    }

    @Test
    void aRefusalIsARefusalThen() throws Exception {
        service.will((exchange, request, number) -> {
            end.hurry();
            asked.countDown();
            StubService.answer(404, "").answer(exchange, request, number);
        });

        assertThat(during(Calls.read(), () -> {})).isInstanceOf(ApiException.class);
    }

    @Test
    void aPauseBetweenAttemptsEndsAtOnce() throws InterruptedException {
        end.hurry();

        end.sleep(Duration.ofHours(1), time -> {
            throw new AssertionError("waited " + time);
        });
    }

    @Test
    void anAnswerThatDoesNotComeIsGivenUp() throws Exception {
        var forEver = new CountDownLatch(1);
        service.will((exchange, request, number) -> {
            asked.countDown();
            catchThrowable(forEver::await);
        });

        var failure = during(Calls.write(), end::giveUp);
        forEver.countDown();

        assertThat(failure)
                .hasMessageContaining("given up")
                .isInstanceOfSatisfying(
                        ApiException.class,
                        unknown -> assertThat(unknown.verdict()).isEqualTo(CallFailureKind.UNKNOWN));
    }

    @Test
    void whatIsAskedAfterTheEndIsNotSent() {
        end.giveUp();
        try (var http = http()) {
            assertThat(catchThrowable(() -> http.call(Calls.read()))).isInstanceOf(CallsEndedException.class);
            assertThat(Calls.failure(() -> http.call(Calls.write())).verdict()).isEqualTo(CallFailureKind.NOT_SENT);
        }

        assertThat(service.asked()).isEmpty();
    }

    /** The service asks for a pause of a quarter of an hour. */
    private void holdBack() {
        service.willAnswer(429, "", "Retry-After", "900");
        new Thread(this::awaitTurn, "watch").start();
    }

    private void awaitTurn() {
        while (budget.throttled() == 0 || budget.waiting() == 0) {
            Thread.onSpinWait();
        }
        asked.countDown();
    }

    private Throwable during(CloudRequest request, Runnable ending) throws Exception {
        try (var http = http()) {
            var call = new FutureTask<>(() -> catchThrowable(() -> http.call(request)));
            new Thread(call, "caller").start();
            asked.await();
            ending.run();
            return call.get();
        }
    }

    private CloudHttp http() {
        var gate = new MutationGate() {
            @Override
            public void check(String operation) {}

            @Override
            public CallCancellation end() {
                return end;
            }
        };
        return new CloudHttp(
                ServiceEndpoint.of(service.url()),
                Calls.KEY,
                budget,
                gate,
                CallListener.SILENT,
                Calls.settings(Duration.ofMinutes(10)));
    }
}
