package dev.smsrunner.cloud;

import dev.smsrunner.support.Backoff;
import dev.smsrunner.support.Sleeper;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/**
 * Time limits of calls, the clocks that measure them, and the proxies.
 *
 * @param connectTimeout time limit for a connection
 * @param readDeadline for a whole read, headers and body
 * @param writeDeadline for a whole write, headers and body
 * @param readAttempts maximum number of attempts of a read
 * @param readPatience time after which a read is not retried
 * @param throttlePatience time of continuous 429 answers after which a call fails
 * @param sleeper waits between attempts
 * @param proxies proxies between this machine and the service
 */
@RecordBuilder
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
        RandomGenerator random,
        ProxySettings proxies) {

    private static final Duration FIRST_DELAY = Duration.ofMillis(400);
    private static final Duration MAX_DELAY = Duration.ofSeconds(20);

    /** Defaults: 5 s to connect, 30 s for a read, 12 s for a write, 8 attempts within 4 minutes, 10 minutes of throttling. */
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
                Sleeper.REAL,
                RandomGeneratorFactory.of("L64X128MixRandom").create());
    }

    /** Settings without a proxy. */
    public CloudSettings(
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
        this(
                connectTimeout,
                readDeadline,
                writeDeadline,
                readAttempts,
                readPatience,
                throttlePatience,
                clock,
                nanos,
                sleeper,
                random,
                ProxySettings.NONE);
    }

    /** Copy with other proxies. */
    public CloudSettings with(ProxySettings others) {
        return CloudSettingsBuilder.builder(this).proxies(others).build();
    }

    /** Copy with other limits of the attempts of a read. */
    public CloudSettings withReads(int attempts, Duration patience) {
        return CloudSettingsBuilder.builder(this)
                .readAttempts(attempts)
                .readPatience(patience)
                .build();
    }

    /** Delays between the attempts of a read or of a token request. */
    Backoff backoff() {
        return Backoff.withFullJitter(FIRST_DELAY, MAX_DELAY, random);
    }

    Duration deadline(CallKind kind) {
        return kind == CallKind.READ ? readDeadline : writeDeadline;
    }
}
