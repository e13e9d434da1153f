package dev.smsrunner.cloud;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Transport to a service: limits the rate, authenticates, sends, classifies the answer, and retries where that is safe.
 * Thread-safe; an interrupted call ends at once with the interrupt flag set.
 *
 * <p>It sends a write at most once. The exceptions are answers that prove that nothing was done: 429, and 401 to a
 * token that could be renewed.
 */
public final class CloudHttp implements AutoCloseable {

    private static final byte[] NOTHING = new byte[0];

    private final ServiceEndpoint endpoint;
    private final RequestAuthenticator authenticator;
    private final AdaptiveRateLimiter rateLimiter;
    private final MutationGate gate;
    private final CallListener listener;
    private final CloudSettings settings;
    private final ErrorResponseMapper errorMapper;
    private final SingleExchange exchanges;
    private final CallCancellation cancellation;
    private final Runnable stopQueued;
    private final Runnable abandonInFlight;
    private final SecretMask mask;

    /** Transport that masks the secrets of its credentials in answers. */
    public CloudHttp(
            ServiceEndpoint endpoint,
            Credentials credentials,
            AdaptiveRateLimiter rateLimiter,
            MutationGate gate,
            CallListener listener,
            CloudSettings settings) {
        this(endpoint, credentials, List.of(), rateLimiter, gate, listener, settings);
    }

    /**
     * Transport that also masks other secrets in answers.
     *
     * @param others further secrets from the operator's environment
     * @param gate checks each write before it is sent, and provides the cancellation of calls
     */
    public CloudHttp(
            ServiceEndpoint endpoint,
            Credentials credentials,
            Collection<Secret> others,
            AdaptiveRateLimiter rateLimiter,
            MutationGate gate,
            CallListener listener,
            CloudSettings settings) {
        this.endpoint = endpoint;
        this.rateLimiter = rateLimiter;
        this.gate = gate;
        this.listener = listener;
        this.settings = settings;
        this.errorMapper = new ErrorResponseMapper(settings.clock());
        this.exchanges = new SingleExchange(settings.connectTimeout(), settings.proxies());
        this.cancellation = gate.cancellation();
        this.stopQueued = rateLimiter::wake;
        this.abandonInFlight = exchanges::abandon;
        this.mask = SecretMask.of(Stream.concat(credentials.secrets().stream(), others.stream())
                .map(Secret::reveal)
                .toList());
        this.authenticator = authenticatorFor(credentials);
        cancellation.register(stopQueued, abandonInFlight);
    }

    /**
     * Sends a request.
     *
     * @throws ApiException when the call fails
     */
    public CloudResponse call(CloudRequest request) {
        return call(request, Function.identity());
    }

    /**
     * Sends a request like {@link #call(CloudRequest)} and reads the answer.
     *
     * @param reader may throw {@link UnreadableAnswerException} or a Jackson exception, which makes the failure kind
     *     UNKNOWN
     * @throws ApiException when the call fails
     * @throws CallsEndedException when a read is cancelled because the run is stopping
     */
    public <T> T call(CloudRequest request, Function<CloudResponse, T> reader) {
        RetryState retries = new RetryState(settings, request.kind());
        boolean tokenRenewed = false;
        ApiException previous = null;
        while (true) {
            Map<String, String> authentication = Map.of();
            try {
                prepareAuthentication(request);
                long call = acquire(request, previous);
                byte[] body = request.body() == null ? NOTHING : request.body().getBytes(StandardCharsets.UTF_8);
                URI uri = endpoint.resolve(request.segments(), request.query());
                authentication = authenticator.headers(request.method(), uri, endpoint.authority(), body);
                checkGate(request, call);
                return read(request, exchange(request, call, uri, authentication, body), reader);
            } catch (ApiException ex) {
                ApiException failure = request.kind() == CallKind.READ ? ex.ofRead() : ex;
                boolean again = !tokenRenewed && failure.httpStatus() == 401 && renew(request, authentication);
                tokenRenewed |= again;
                if (!again) {
                    if (failure == previous) { // the retry has waited for too long
                        throw failure;
                    }
                    if (cancellation.isStopped()) {
                        throw finalFailure(request, failure);
                    }
                    previous = failure;
                    Duration pause = retries.pauseAfter(failure).orElseThrow(() -> failure);
                    sleep(request, pause);
                }
            }
        }
    }

    @Override
    public void close() {
        cancellation.unregister(stopQueued, abandonInFlight);
        exchanges.close();
    }

    private RequestAuthenticator authenticatorFor(Credentials credentials) {
        if (credentials instanceof Credentials.AccessKey key) {
            return RequestAuthenticator.signing(key, new Signer(settings.clock()));
        }
        if (credentials instanceof Credentials.Password password) {
            return new IamTokens(password, exchanges, mask, listener, settings, cancellation);
        }
        return RequestAuthenticator.token((Credentials.ReadyToken) credentials);
    }

    private void prepareAuthentication(CloudRequest request) {
        try {
            authenticator.prepare();
        } catch (InterruptedException ex) {
            throw interruption(request, CallFailureKind.NOT_SENT, "while waiting for a token", ex);
        }
    }

    private boolean renew(CloudRequest request, Map<String, String> authentication) {
        try {
            return !authentication.isEmpty() && authenticator.renew(authentication);
        } catch (InterruptedException ex) {
            throw interruption(request, CallFailureKind.NOT_SENT, "while waiting for a token", ex);
        }
    }

    private long acquire(CloudRequest request, @Nullable ApiException previous) {
        try {
            return rateLimiter
                    .acquire(request.priority(), () -> cancellation.isStopped() || isExpired(request))
                    .orElseThrow(() -> cancellationFailure(request, previous));
        } catch (InterruptedException ex) {
            throw interruption(request, CallFailureKind.NOT_SENT, "while waiting for its turn", ex);
        }
    }

    private void checkGate(CloudRequest request, long call) {
        boolean passed = false;
        try {
            if (request.kind() == CallKind.WRITE) {
                gate.check(request);
            }
            passed = true;
        } finally {
            if (!passed) {
                rateLimiter.recordAnswer(call, false, null, null);
            }
        }
    }

    private void sleep(CloudRequest request, Duration pause) {
        try {
            cancellation.sleep(pause, settings.sleeper());
        } catch (InterruptedException ex) {
            throw interruption(request, CallFailureKind.NOT_SENT, "while waiting for the next attempt", ex);
        }
    }

    /** Performs one exchange and always reports its result to the rate limiter and the listener. */
    private SingleExchange.Answer exchange(
            CloudRequest request, long call, URI uri, Map<String, String> authentication, byte[] body) {
        SingleExchange.Answer answer = null;
        long startedAt = settings.nanos().getAsLong();
        var sendTime = errorMapper.sendTime();
        try {
            answer = exchanges.send(
                    http(request, uri, authentication, body),
                    settings.deadline(request.kind()),
                    mask.with(Signer.signature(authentication)));
            return answer;
        } catch (WireException ex) {
            throw ApiException.ofWire(ex.kind(), request.operation(), ex.at(endpoint), ex);
        } catch (InterruptedException ex) {
            throw interruption(request, CallFailureKind.UNKNOWN, "while waiting for the answer", ex);
        } finally {
            if (answer != null) {
                errorMapper.updateClock(answer, sendTime);
            }
            publish(request, call, answer, Duration.ofNanos(settings.nanos().getAsLong() - startedAt));
        }
    }

    private void publish(CloudRequest request, long call, SingleExchange.@Nullable Answer answer, Duration took) {
        if (answer == null) {
            rateLimiter.recordAnswer(call, false, null, null);
            listener.onAnswer(request.operation(), 0, null, took, false);
            return;
        }
        boolean throttled = errorMapper.isThrottled(answer);
        Duration pause = throttled ? errorMapper.pause(answer) : null;
        Optional<RateLimitWindow> limit =
                throttled ? RateLimitWindow.parse(SecretMask.cut(answer.body(), SecretMask.LONGEST)) : Optional.empty();
        rateLimiter.recordAnswer(call, throttled, pause, limit.orElse(null));
        listener.onAnswer(request.operation(), answer.status(), ErrorResponseMapper.requestId(answer), took, throttled);
    }

    private <T> T read(CloudRequest request, SingleExchange.Answer answer, Function<CloudResponse, T> reader) {
        if (answer.status() / 100 != 2) {
            throw errorMapper.of(request.operation(), answer);
        }
        try {
            return reader.apply(
                    new CloudResponse(answer.status(), answer.body(), ErrorResponseMapper.requestId(answer)));
        } catch (JacksonException ex) {
            throw unreadableAnswer(request, answer, "the answer is not the expected JSON", ex);
        } catch (UnreadableAnswerException ex) {
            throw unreadableAnswer(request, answer, String.valueOf(ex.getMessage()), ex);
        } catch (ApiException ex) {
            throw ex;
        } catch (RuntimeException ex) { // any failure of the reader means an unreadable answer
            throw unreadableAnswer(request, answer, "the answer has an unexpected form", ex);
        }
    }

    private static ApiException unreadableAnswer(
            CloudRequest request, SingleExchange.Answer answer, String what, Exception cause) {
        String start = ErrorBody.clean(answer.mask().ofText(answer.body()));
        String excerpt =
                start.isEmpty() ? "it is empty" : "it starts with: " + start.substring(0, Math.min(80, start.length()));
        ApiError error =
                new ApiError(null, what + " (" + excerpt + ")", ErrorResponseMapper.requestId(answer), List.of(), null);
        return new ApiException(CallFailureKind.UNKNOWN, request.operation(), answer.status(), error, cause);
    }

    private boolean isExpired(CloudRequest request) {
        return request.kind() == CallKind.WRITE && gate.isExpired(request);
    }

    /** Prefers the previous failure, which is more specific. The gate may report a more specific reason for a write. */
    private ApiException cancellationFailure(CloudRequest request, @Nullable ApiException previous) {
        if (previous != null && !cancellation.isStopped()) {
            return previous;
        }
        if (request.kind() == CallKind.WRITE) {
            gate.check(request);
        }
        return new ApiException(
                CallFailureKind.NOT_SENT,
                request.operation(),
                0,
                ApiError.text("cancelled because the run is stopping"));
    }

    /** A read with fewer attempts than configured proves nothing. */
    private static RuntimeException finalFailure(CloudRequest request, ApiException failure) {
        boolean answered = failure.kind() == CallFailureKind.REFUSED || failure.kind() == CallFailureKind.DENIED;
        return request.kind() == CallKind.WRITE || answered
                ? failure
                : new CallsEndedException(request.operation(), failure);
    }

    private static ApiException interruption(
            CloudRequest request, CallFailureKind verdict, String when, InterruptedException ex) {
        Thread.currentThread().interrupt();
        return new ApiException(verdict, request.operation(), 0, ApiError.text("interrupted " + when), ex);
    }

    private static HttpRequest http(CloudRequest request, URI uri, Map<String, String> authentication, byte[] body) {
        BodyPublisher publisher = request.body() == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body);
        HttpRequest.Builder builder = HttpRequest.newBuilder(uri)
                .method(request.method(), publisher)
                .header("Accept", "application/json")
                .header("User-Agent", "sms-runner");
        if (request.body() != null) {
            builder.header("Content-Type", "application/json");
        }
        if (request.projectId() != null) {
            builder.header("X-Project-Id", request.projectId());
        }
        authentication.forEach(builder::header);
        return builder.build();
    }
}
