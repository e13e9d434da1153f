package dev.smsrunner.cloud;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.random.RandomGeneratorFactory;
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Transports for tests with short deadlines, no pauses between attempts and practically no rate limit. */
public final class Calls {

    public static final Credentials.AccessKey KEY =
            new Credentials.AccessKey("PROBEAK", Secret.of("probe-secret-key"), null);
    public static final Instant NOW = Instant.parse("2019-11-15T03:36:55Z");

    private Calls() {}

    public static CloudSettings settings(Duration deadline) {
        return new CloudSettings(
                Duration.ofSeconds(5),
                deadline,
                deadline,
                8,
                Duration.ofMinutes(4),
                Duration.ofMinutes(10),
                Clock.fixed(NOW, ZoneOffset.UTC),
                System::nanoTime,
                time -> {},
                RandomGeneratorFactory.of("L64X128MixRandom").create(1));
    }

    public static CloudHttp to(String url) {
        return to(url, KEY, MutationGate.OPEN, CallListener.SILENT);
    }

    /** Transport with a maximum number of attempts per read. */
    public static CloudHttp withAttempts(String url, int attempts) {
        CloudSettings usual = settings(Duration.ofSeconds(20));
        CloudSettings fewer = new CloudSettings(
                usual.connectTimeout(),
                usual.readDeadline(),
                usual.writeDeadline(),
                attempts,
                usual.readPatience(),
                usual.throttlePatience(),
                usual.clock(),
                usual.nanos(),
                usual.sleeper(),
                usual.random());
        return new CloudHttp(
                ServiceEndpoint.of(url),
                KEY,
                AdaptiveRateLimiter.fixed(5000),
                MutationGate.OPEN,
                CallListener.SILENT,
                fewer);
    }

    public static CloudHttp to(String url, Credentials credentials, MutationGate gate, CallListener listener) {
        return new CloudHttp(
                ServiceEndpoint.of(url),
                credentials,
                AdaptiveRateLimiter.fixed(5000),
                gate,
                listener,
                settings(Duration.ofSeconds(20)));
    }

    static CloudHttp impatient(String url) {
        return new CloudHttp(
                ServiceEndpoint.of(url),
                KEY,
                AdaptiveRateLimiter.fixed(5000),
                MutationGate.OPEN,
                CallListener.SILENT,
                settings(Duration.ofMillis(300)));
    }

    static CloudRequest write() {
        return CloudRequest.write("CreateTask", "POST", "{\"name\":\"a\"}", "v3", "tasks");
    }

    static CloudRequest read() {
        return CloudRequest.get("ShowTask", "v3", "tasks", "7f3c");
    }

    /** Expects the call to fail and returns its exception. */
    public static ApiException failure(ThrowingCallable call) {
        return Assertions.catchThrowableOfType(ApiException.class, call);
    }
}
