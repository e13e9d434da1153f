package dev.smsrunner.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How fast a token can be guessed. */
class TokenThrottleTests {

    @Test
    void tenThousandGuessesTakeMoreThanADay() {
        var nanos = new AtomicLong();
        var guesses = new TokenThrottle(nanos::get);

        for (int guess = 0; guess < 10_000; guess++) {
            nanos.addAndGet(guesses.left().toNanos());
            assertThat(guesses.left()).isZero();
            guesses.wrong("127.0.0.1");
        }

        assertThat(Duration.ofNanos(nanos.get())).isGreaterThan(Duration.ofDays(1));
    }

    @Test
    void aPersonWhoMistypesDoesNotWait() {
        var guesses = new TokenThrottle(() -> 0);
        for (int guess = 0; guess < 5; guess++) {
            guesses.wrong("127.0.0.1");
        }
        assertThat(guesses.left()).isZero();

        guesses.wrong("127.0.0.1");
        assertThat(guesses.left()).isPositive();
    }

    @Test
    void whoGuessesTooFastWaitsAndTheRightTokenNeverDoes(@TempDir Path directory) throws IOException {
        try (var shown = new LivePageFixture(directory)) {
            var stranger = shown.browser();
            for (int guess = 0; guess < 7; guess++) {
                stranger.enter("guess");
                shown.nanos().addAndGet(Duration.ofMillis(100).toNanos());
            }

            var answer = stranger.enter("guess");
            assertThat(answer.statusCode()).isEqualTo(429);
            assertThat(answer.headers().firstValue("Retry-After")).contains("1");

            assertThat(stranger.enter(stranger.token()).statusCode()).isEqualTo(204);
            assertThat(stranger.enter("guess").statusCode()).isEqualTo(429);
        }
    }
}
