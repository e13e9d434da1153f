package dev.smsrunner.run;

import dev.smsrunner.cloud.AdaptiveRateLimiter;
import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.cloud.CallListener;
import dev.smsrunner.cloud.CloudHttp;
import dev.smsrunner.cloud.CloudSettings;
import dev.smsrunner.cloud.Credentials;
import dev.smsrunner.cloud.HttpProxy;
import dev.smsrunner.cloud.MutationGate;
import dev.smsrunner.cloud.ProxySettings;
import dev.smsrunner.cloud.Secret;
import dev.smsrunner.cloud.ServiceEndpoint;
import dev.smsrunner.dcs.DcsApi;
import dev.smsrunner.dcs.HttpDcsApi;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.sms.HttpSmsApi;
import dev.smsrunner.sms.SmsApi;
import dev.smsrunner.support.CallCounts;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The service over HTTP. The rate limit belongs to the account, so all sessions of a process share one limiter. */
public final class HttpCloud implements CloudAccess {

    private static final Logger log = LoggerFactory.getLogger(HttpCloud.class);
    private static final int PROBE_ATTEMPTS = 4;
    private static final Duration PROBE_TIMEOUT = Duration.ofSeconds(8);
    private static final int READ_ATTEMPTS = 6;
    private static final Duration RETRY_TIMEOUT = Duration.ofSeconds(20);

    private final ServiceEndpoint endpoint;
    private final Credentials credentials;
    private final Collection<Secret> otherSecrets;
    private final AdaptiveRateLimiter limiter;
    private final CloudSettings settings;
    private final Consumer<CloudHttp> probe;

    /**
     * Access to SMS at an endpoint.
     *
     * @param otherSecrets secrets of the environment besides the credentials, masked in responses
     * @param requestsPerSecond rate limit, null to learn it from the responses
     */
    public HttpCloud(
            ServiceEndpoint endpoint,
            Credentials credentials,
            Collection<Secret> otherSecrets,
            @Nullable Double requestsPerSecond,
            ProxySettings proxies,
            Clock clock) {
        this(
                endpoint,
                credentials,
                otherSecrets,
                requestsPerSecond,
                proxies,
                clock,
                http -> new HttpSmsApi(http).listSources(0, 1));
    }

    private HttpCloud(
            ServiceEndpoint endpoint,
            Credentials credentials,
            Collection<Secret> otherSecrets,
            @Nullable Double requestsPerSecond,
            ProxySettings proxies,
            Clock clock,
            Consumer<CloudHttp> probe) {
        this.otherSecrets = List.copyOf(otherSecrets);
        this.probe = probe;
        this.endpoint = endpoint;
        this.credentials = credentials;
        this.limiter =
                requestsPerSecond == null ? AdaptiveRateLimiter.auto() : AdaptiveRateLimiter.fixed(requestsPerSecond);
        this.settings = CloudSettings.defaults(clock)
                .withReads(
                        READ_ATTEMPTS, RETRY_TIMEOUT) // short: the caller checks the stop signal and then calls again
                .with(proxies);
    }

    /**
     * Access to DCS at an endpoint.
     *
     * @param otherSecrets secrets of the environment besides the credentials, masked in responses
     * @param projectId project of the first call, which checks endpoint and credentials; null skips the check
     */
    public static HttpCloud ofDcs(
            ServiceEndpoint endpoint,
            Credentials credentials,
            Collection<Secret> otherSecrets,
            @Nullable Double requestsPerSecond,
            @Nullable String projectId,
            ProxySettings proxies,
            Clock clock) {
        return new HttpCloud(
                endpoint,
                credentials,
                otherSecrets,
                requestsPerSecond,
                proxies,
                clock,
                http -> probeDcs(http, projectId));
    }

    /** Ignores a refusal: it concerns the rows of that project only. */
    private static void probeDcs(CloudHttp http, @Nullable String projectId) {
        try {
            if (projectId != null) {
                new HttpDcsApi(http).listTasks(projectId, 0, 1);
            }
        } catch (ApiException ex) {
            if (ex.kind() != CallFailureKind.REFUSED) {
                throw ex;
            }
        }
    }

    @Override
    public Session open(Run run, MutationGate gate) {
        return open(gate);
    }

    /** Opens a session whose mutating calls fail. */
    public Session openReadOnly() {
        return open(operation -> {
            throw new IllegalStateException(operation + " is a mutating call in a read-only session");
        });
    }

    private Session open(MutationGate gate) {
        probe(gate);
        var meter = new CallRateMeter(System::nanoTime);
        var counts = new CallCounts();
        CallListener listener = (operation, status, requestId, took, throttled) -> {
            meter.recordCall();
            counts.record(operation, status, throttled);
            log.debug("{} HTTP {} after {} ms, request {}", operation, status, took.toMillis(), requestId);
        };
        var http = new CloudHttp(endpoint, credentials, otherSecrets, limiter, gate, listener, settings);
        return new HttpSession(http, new HttpSmsApi(http), new HttpDcsApi(http), limiter, meter, counts);
    }

    /**
     * Sends a first call with a short timeout, so that a wrong endpoint or key is reported within seconds. It is not repeated
     * for a login that a proxy rejects: after some of them the proxy may lock the account.
     */
    private void probe(MutationGate gate) {
        try {
            probe(gate, 1);
        } catch (ApiException ex) {
            boolean absent = ex.kind() == CallFailureKind.NOT_SENT || ex.kind() == CallFailureKind.UNKNOWN;
            if (!absent || ex.httpStatus() == HttpProxy.LOGIN_REQUIRED) {
                throw ex;
            }
            probe(gate, PROBE_ATTEMPTS - 1);
        }
    }

    private void probe(MutationGate gate, int attempts) {
        var shortSettings = settings.withReads(attempts, PROBE_TIMEOUT);
        try (var http =
                new CloudHttp(endpoint, credentials, otherSecrets, limiter, gate, CallListener.SILENT, shortSettings)) {
            probe.accept(http);
        }
    }

    private record HttpSession(
            CloudHttp http, SmsApi sms, DcsApi dcs, AdaptiveRateLimiter limiter, CallRateMeter meter, CallCounts counts)
            implements Session {

        @Override
        public double callsPerSecond() {
            return limiter.rate();
        }

        @Override
        public ApiStats stats() {
            return new ApiStats(
                    limiter.calls(),
                    meter.perSecond(),
                    limiter.learnedLimit().orElse(0),
                    limiter.throttledCalls(),
                    counts.snapshot());
        }

        @Override
        public void close() {
            http.close();
        }
    }
}
