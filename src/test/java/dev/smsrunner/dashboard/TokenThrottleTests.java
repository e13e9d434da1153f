package dev.smsrunner.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenThrottleTests {

    @Test
    void tenThousandGuessesTakeMoreThanADay() {
        var nanos = new AtomicLong();
        var throttle = new TokenThrottle(nanos::get);

        for (int guess = 0; guess < 10_000; guess++) {
            nanos.addAndGet(throttle.remaining().toNanos());
            assertThat(throttle.remaining()).isZero();
            throttle.recordFailure("127.0.0.1");
        }

        assertThat(Duration.ofNanos(nanos.get())).isGreaterThan(Duration.ofDays(1));
    }

    @Test
    void fewWrongTokensDoNotWait() {
        var throttle = new TokenThrottle(() -> 0);
        for (int guess = 0; guess < 5; guess++) {
            throttle.recordFailure("127.0.0.1");
        }
        assertThat(throttle.remaining()).isZero();

        throttle.recordFailure("127.0.0.1");
        assertThat(throttle.remaining()).isPositive();
    }

    @Test
    void manyWrongTokensWaitButTheRightTokenDoesNot(@TempDir Path directory) throws IOException {
        try (var shown = new LivePageFixture(directory)) {
            var stranger = shown.browser();
            for (int guess = 0; guess < 7; guess++) {
                stranger.openSession("guess");
                shown.nanos().addAndGet(Duration.ofMillis(100).toNanos());
            }

            var answer = stranger.openSession("guess");
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");

            assertThat(stranger.openSession(stranger.token()).statusCode()).isEqualTo(204);
            assertThat(stranger.openSession("guess").statusCode()).isEqualTo(429);
        }
    }
}
