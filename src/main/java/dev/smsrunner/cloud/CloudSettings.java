package dev.smsrunner.cloud;

import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * The time limits of calls, and the clocks they are measured with.
 *
 * @param connectTimeout until a connection stands
 * @param readDeadline for a whole read, headers and body
 * @param writeDeadline for a whole write, headers and body
 * @param readAttempts how often a read is sent at most
 * @param readPatience after this much time a read is not sent again
 * @param throttlePatience after this much time of 429 answers a call is given up
 * @param sleeper how a retry waits
 */
public record CloudSettings(
        Duration connectTimeout,
        Duration readDeadline,
        Duration writeDeadline,
        int readAttempts,
        Duration readPatience,
        Duration throttlePatience,
        Clock clock,
        LongSupplier nanos,
        Sleeper sleeper,
        RandomGenerator random) {

    /** Waits. */
    @FunctionalInterface
    public interface Sleeper {
        void sleep(Duration time) throws InterruptedException;
    }

    /** 5 s to connect, 30 s for a read, 12 s for a write, 8 attempts within 4 minutes, 10 minutes of throttling. */
    public static CloudSettings defaults(Clock clock) {
        return new CloudSettings(
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(12),
                8,
                Duration.ofMinutes(4),
                Duration.ofMinutes(10),
                clock,
                System::nanoTime,
                time -> Thread.sleep(time.toMillis()),
                RandomGeneratorFactory.of("L64X128MixRandom").create());
    }

    Duration deadline(CallKind kind) {
        return kind == CallKind.READ ? readDeadline : writeDeadline;
    }
}
