package dev.smsrunner.run;

import dev.smsrunner.cloud.AdaptiveRateLimiter;
import dev.smsrunner.cloud.ApiException;
import dev.smsrunner.cloud.CallFailureKind;
import dev.smsrunner.cloud.CallListener;
import dev.smsrunner.cloud.CloudHttp;
import dev.smsrunner.cloud.CloudSettings;
import dev.smsrunner.cloud.Credentials;
import dev.smsrunner.cloud.MutationGate;
import dev.smsrunner.cloud.Secret;
import dev.smsrunner.cloud.ServiceEndpoint;
import dev.smsrunner.dcs.DcsApi;
import dev.smsrunner.dcs.HttpDcsApi;
import dev.smsrunner.ledger.Run;
import dev.smsrunner.sms.HttpSmsApi;
import dev.smsrunner.sms.SmsApi;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service over HTTP. The budget of calls belongs to the account, so all sessions of a process share it.
 */
public final class HttpCloud implements CloudAccess {

    private static final Logger log = LoggerFactory.getLogger(HttpCloud.class);
    private static final int FIRST_ATTEMPTS = 4;
    private static final Duration FIRST_CONTACT = Duration.ofSeconds(8);
    private static final int READ_ATTEMPTS = 6;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final ServiceEndpoint endpoint;
    private final Credentials credentials;
    private final Collection<Secret> others;
    private final AdaptiveRateLimiter budget;
    private final CloudSettings settings;
    private final Consumer<CloudHttp> greeting;

    /**
     * The service at an endpoint.
     *
     * @param requestsPerSecond the limit to keep to, null to learn it from the answers
     */
    public HttpCloud(
            ServiceEndpoint endpoint, Credentials credentials, @Nullable Double requestsPerSecond, Clock clock) {
        this(endpoint, credentials, List.of(), requestsPerSecond, clock);
    }

    /**
     * The same.
     *
     * @param others secrets of the operator's surroundings besides the credentials: an answer that repeats one is masked
     */
    public HttpCloud(
            ServiceEndpoint endpoint,
            Credentials credentials,
            Collection<Secret> others,
            @Nullable Double requestsPerSecond,
            Clock clock) {
        this(endpoint, credentials, others, requestsPerSecond, clock, http -> new HttpSmsApi(http).listSources(0, 1));
    }

    private HttpCloud(
            ServiceEndpoint endpoint,
            Credentials credentials,
            Collection<Secret> others,
            @Nullable Double requestsPerSecond,
            Clock clock,
            Consumer<CloudHttp> greeting) {
        this.others = List.copyOf(others);
        this.greeting = greeting;
        this.endpoint = endpoint;
        this.credentials = credentials;
        this.budget =
                requestsPerSecond == null ? AdaptiveRateLimiter.auto() : AdaptiveRateLimiter.fixed(requestsPerSecond);
        this.settings = patience(CloudSettings.defaults(clock), READ_ATTEMPTS, PATIENCE);
    }

    /**
     * DCS at an endpoint.
     *
     * @param others secrets of the operator's surroundings besides the credentials: an answer that repeats one is masked
     * @param projectId the project that is asked first, to learn whether endpoint and credentials are right; null asks none
     */
    public static HttpCloud ofDcs(
            ServiceEndpoint endpoint,
            Credentials credentials,
            Collection<Secret> others,
            @Nullable Double requestsPerSecond,
            @Nullable String projectId,
            Clock clock) {
        return new HttpCloud(
                endpoint, credentials, others, requestsPerSecond, clock, http -> greetDcs(http, projectId));
    }

    /** That one project is refused is the matter of its rows. */
    private static void greetDcs(CloudHttp http, @Nullable String projectId) {
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

    /** Opens it for reading only. */
    public Session openToRead() {
        return open(operation -> {
            throw new IllegalStateException(operation + " was about to change something where nothing may be changed");
        });
    }

    private Session open(MutationGate gate) {
        firstContact(gate);
        var pace = new CallRateMeter(System::nanoTime);
        CallListener listener = (operation, status, requestId, took, throttled) -> {
            pace.called();
            log.debug("{} HTTP {} after {} ms, request {}", operation, status, took.toMillis(), requestId);
        };
        var http = new CloudHttp(endpoint, credentials, others, budget, gate, listener, settings);
        return new HttpSession(http, new HttpSmsApi(http), new HttpDcsApi(http), budget, pace);
    }

    /** A wrong endpoint or key is told within seconds. */
    private void firstContact(MutationGate gate) {
        var impatient = patience(settings, FIRST_ATTEMPTS, FIRST_CONTACT);
        try (var http = new CloudHttp(endpoint, credentials, others, budget, gate, CallListener.SILENT, impatient)) {
            greeting.accept(http);
        }
    }

    /** A single call is not tried for long: whoever made it looks whether the run is to be stopped, and tries again. */
    private static CloudSettings patience(CloudSettings settings, int attempts, Duration patience) {
        return new CloudSettings(
                settings.connectTimeout(),
                settings.readDeadline(),
                settings.writeDeadline(),
                attempts,
                patience,
                settings.throttlePatience(),
                settings.clock(),
                settings.nanos(),
                settings.sleeper(),
                settings.random());
    }

    private record HttpSession(CloudHttp http, SmsApi sms, DcsApi dcs, AdaptiveRateLimiter budget, CallRateMeter pace)
            implements Session {

        @Override
        public double callsPerSecond() {
            return budget.rate();
        }

        @Override
        public ApiStats figures() {
            return new ApiStats(
                    budget.calls(), pace.perSecond(), budget.learnedLimit().orElse(0), budget.throttledCalls());
        }

        @Override
        public void close() {
            http.close();
        }
    }
}
