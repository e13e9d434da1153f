package dev.smsrunner.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Growth and cap of the delay between two attempts. */
class BackoffTests {

    private static final Duration FIRST = Duration.ofSeconds(30);
    private static final Duration MAX = Duration.ofMinutes(15);

    @ParameterizedTest
    @CsvSource({"0, 30", "1, 30", "2, 60", "3, 120", "5, 480", "6, 900", "7, 900", "100, 900"})
    void delayDoublesUpToTheMaximum(int tries, long seconds) {
        assertThat(backoff(0.5).delay(tries)).isEqualTo(Duration.ofSeconds(seconds));
        assertThat(Backoff.exact(FIRST, MAX).delay(tries)).isEqualTo(Duration.ofSeconds(seconds));
    }

    @Test
    void fullJitterCoversTheWholeDelay() {
        var random = new Random(7);
        var backoff = Backoff.withFullJitter(Duration.ofMillis(2), Duration.ofMillis(3), random);
        var delays = new HashSet<Duration>();
        for (int i = 0; i < 100; i++) {
            delays.add(backoff.delay(2));
        }

        assertThat(delays)
                .containsExactlyInAnyOrderElementsOf(
                        List.of(Duration.ZERO, Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(3)));
    }

    @Test
    void jitterIsAtMostAQuarter() {
        assertThat(backoff(0.0).delay(1)).isEqualTo(Duration.ofMillis(22_500));
        assertThat(backoff(0.999_999).delay(1)).isBetween(Duration.ofMillis(37_499), Duration.ofMillis(37_500));
        assertThat(backoff(0.999_999).delay(50)).isLessThan(Duration.ofMillis(1_125_001));
    }

    @Test
    void delaysOfServersDiffer() {
        var backoff = Backoff.withQuarterJitter(FIRST, MAX, new Random(7));
        var delays = new HashSet<Duration>();
        for (int i = 0; i < 100; i++) {
            delays.add(backoff.delay(1));
        }

        assertThat(delays)
                .hasSizeGreaterThan(95)
                .allSatisfy(delay -> assertThat(delay).isBetween(Duration.ofMillis(22_500), Duration.ofMillis(37_500)));
    }

    @Test
    void firstDelayBeyondTheCapIsKept() {
        var backoff = Backoff.withQuarterJitter(Duration.ofHours(1), MAX, fixed(0.5));

        assertThat(backoff.delay(1)).isEqualTo(Duration.ofHours(1));
        assertThat(backoff.delay(9)).isEqualTo(Duration.ofHours(1));
    }

    private static Backoff backoff(double random) {
        return Backoff.withQuarterJitter(FIRST, MAX, fixed(random));
    }

    private static RandomGenerator fixed(double value) {
        return new RandomGenerator() {
            @Override
            public long nextLong() {
                return 0;
            }

            @Override
            public double nextDouble() {
                return value;
            }
        };
    }
}
