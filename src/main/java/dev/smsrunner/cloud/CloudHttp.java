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
 * The one transport to a service: paces, proves identity, sends, judges the answer, and repeats what may be repeated. Thread safe; an
 * interrupted call ends at once with the interrupt flag set.
 *
 * <p>A write is sent at most once, but for answers that say that nothing was done: 429, and 401 to a token that could be renewed.
 */
public final class CloudHttp implements AutoCloseable {

    private static final byte[] NOTHING = new byte[0];

    private final ServiceEndpoint endpoint;
    private final RequestAuthenticator identity;
    private final AdaptiveRateLimiter budget;
    private final MutationGate gate;
    private final CallListener listener;
    private final CloudSettings settings;
    private final ErrorResponseMapper failures;
    private final SingleExchange wire;
    private final CallCancellation end;
    private final Runnable hurry;
    private final Runnable giveUp;
    private final SecretMask mask;

    /** A transport that hides the secrets of its credentials in what it hears. */
    public CloudHttp(
            ServiceEndpoint endpoint,
            Credentials credentials,
            AdaptiveRateLimiter budget,
            MutationGate gate,
            CallListener listener,
            CloudSettings settings) {
        this(endpoint, credentials, List.of(), budget, gate, listener, settings);
    }

    /**
     * The same.
     *
     * @param others further secrets of the operator's surroundings, which are hidden in what it hears
     * @param gate asked before each write, and tells when calls must come to an end
     */
    public CloudHttp(
            ServiceEndpoint endpoint,
            Credentials credentials,
            Collection<Secret> others,
            AdaptiveRateLimiter budget,
            MutationGate gate,
            CallListener listener,
            CloudSettings settings) {
        this.endpoint = endpoint;
        this.budget = budget;
        this.gate = gate;
        this.listener = listener;
        this.settings = settings;
        this.failures = new ErrorResponseMapper(settings.clock());
        this.wire = new SingleExchange(settings.connectTimeout());
        this.end = gate.end();
        this.hurry = budget::wake;
        this.giveUp = wire::abandon;
        this.mask = SecretMask.of(Stream.concat(credentials.secrets().stream(), others.stream())
                .map(Secret::reveal)
                .toList());
        this.identity = identity(credentials);
        end.tell(hurry, giveUp);
    }

    /** @throws ApiException when it did not succeed */
    public CloudResponse call(CloudRequest request) {
        return call(request, Function.identity());
    }

    /**
     * As {@link #call(CloudRequest)}, and reads the answer.
     *
     * @param reader may throw {@link UnreadableAnswerException} or a Jackson exception, which makes the verdict UNKNOWN
     * @throws ApiException when it did not succeed
     * @throws CallsEndedException when it is a read and the run is to end
     */
    public <T> T call(CloudRequest request, Function<CloudResponse, T> reader) {
        RetryState tries = new RetryState(settings, request.kind());
        boolean renewed = false;
        ApiException before = null;
        while (true) {
            Map<String, String> proof = Map.of();
            try {
                identity(request);
                long call = acquire(request, before);
                byte[] body = request.body() == null ? NOTHING : request.body().getBytes(StandardCharsets.UTF_8);
                URI uri = endpoint.resolve(request.segments(), request.query());
                proof = identity.headers(request.method(), uri, endpoint.authority(), body);
                pass(request, call);
                return read(request, exchange(request, call, uri, proof, body), reader);
            } catch (ApiException ex) {
                boolean again = !renewed && ex.httpStatus() == 401 && renew(request, proof);
                renewed |= again;
                if (!again) {
                    if (ex == before) { // waited for too long since
                        throw ex;
                    }
                    if (end.hurried()) {
                        throw last(request, ex);
                    }
                    before = ex;
                    Duration pause = tries.afterwards(ex).orElseThrow(() -> ex);
                    sleep(request, pause);
                }
            }
        }
    }

    @Override
    public void close() {
        end.forget(hurry, giveUp);
        wire.close();
    }

    private RequestAuthenticator identity(Credentials credentials) {
        if (credentials instanceof Credentials.AccessKey key) {
            return RequestAuthenticator.signing(key, new Signer(settings.clock()));
        }
        if (credentials instanceof Credentials.Password password) {
            return new IamTokens(password, wire, mask, listener, settings, end);
        }
        return RequestAuthenticator.token((Credentials.ReadyToken) credentials);
    }

    private void identity(CloudRequest request) {
        try {
            identity.prepare();
        } catch (InterruptedException ex) {
            throw interrupted(request, CallFailureKind.NOT_SENT, "while waiting for a token", ex);
        }
    }

    private boolean renew(CloudRequest request, Map<String, String> proof) {
        try {
            return !proof.isEmpty() && identity.renew(proof);
        } catch (InterruptedException ex) {
            throw interrupted(request, CallFailureKind.NOT_SENT, "while waiting for a token", ex);
        }
    }

    private long acquire(CloudRequest request, @Nullable ApiException before) {
        try {
            return budget.acquire(request.priority(), () -> end.hurried() || tooLate(request))
                    .orElseThrow(() -> unwanted(request, before));
        } catch (InterruptedException ex) {
            throw interrupted(request, CallFailureKind.NOT_SENT, "while waiting for its turn", ex);
        }
    }

    private void pass(CloudRequest request, long call) {
        boolean passed = false;
        try {
            if (request.kind() == CallKind.WRITE) {
                gate.check(request.operation());
            }
            passed = true;
        } finally {
            if (!passed) {
                budget.answered(call, false, null, null);
            }
        }
    }

    private void sleep(CloudRequest request, Duration pause) {
        try {
            end.sleep(pause, settings.sleeper());
        } catch (InterruptedException ex) {
            throw interrupted(request, CallFailureKind.NOT_SENT, "while waiting for the next attempt", ex);
        }
    }

    /** One exchange; tells the budget and the listener what became of it, whatever that is. */
    private SingleExchange.Answer exchange(
            CloudRequest request, long call, URI uri, Map<String, String> proof, byte[] body) {
        SingleExchange.Answer answer = null;
        long begun = settings.nanos().getAsLong();
        var sent = failures.sent();
        try {
            answer = wire.send(
                    http(request, uri, proof, body),
                    settings.deadline(request.kind()),
                    mask.with(Signer.signature(proof)));
            return answer;
        } catch (WireException ex) {
            throw new ApiException(
                    ex.verdict(), request.operation(), 0, ApiError.text(ex.getMessage() + " at " + endpoint), ex);
        } catch (InterruptedException ex) {
            throw interrupted(request, CallFailureKind.UNKNOWN, "while waiting for the answer", ex);
        } finally {
            if (answer != null) {
                failures.hear(answer, sent);
            }
            told(request, call, answer, Duration.ofNanos(settings.nanos().getAsLong() - begun));
        }
    }

    private void told(CloudRequest request, long call, SingleExchange.@Nullable Answer answer, Duration took) {
        if (answer == null) {
            budget.answered(call, false, null, null);
            listener.answered(request.operation(), 0, null, took, false);
            return;
        }
        boolean throttled = failures.isThrottled(answer);
        Duration pause = throttled ? failures.pause(answer) : null;
        Optional<RateLimitWindow> limit =
                throttled ? RateLimitWindow.parse(SecretMask.cut(answer.body(), SecretMask.LONGEST)) : Optional.empty();
        budget.answered(call, throttled, pause, limit.orElse(null));
        listener.answered(request.operation(), answer.status(), ErrorResponseMapper.requestId(answer), took, throttled);
    }

    private <T> T read(CloudRequest request, SingleExchange.Answer answer, Function<CloudResponse, T> reader) {
        if (answer.status() / 100 != 2) {
            throw failures.of(request.operation(), answer);
        }
        try {
            return reader.apply(
                    new CloudResponse(answer.status(), answer.body(), ErrorResponseMapper.requestId(answer)));
        } catch (JacksonException ex) {
            throw unreadable(request, answer, "the answer is not the JSON that it should be", ex);
        } catch (UnreadableAnswerException ex) {
            throw unreadable(request, answer, String.valueOf(ex.getMessage()), ex);
        } catch (ApiException ex) {
            throw ex;
        } catch (RuntimeException ex) { // whatever came, it is the answer that cannot be read
            throw unreadable(request, answer, "the answer is not what it should be", ex);
        }
    }

    private static ApiException unreadable(
            CloudRequest request, SingleExchange.Answer answer, String what, Exception cause) {
        String begin = ErrorBody.clean(answer.mask().ofText(answer.body()));
        String shown =
                begin.isEmpty() ? "it is empty" : "it begins: " + begin.substring(0, Math.min(80, begin.length()));
        ApiError error =
                new ApiError(null, what + " (" + shown + ")", ErrorResponseMapper.requestId(answer), List.of(), null);
        return new ApiException(CallFailureKind.UNKNOWN, request.operation(), answer.status(), error, cause);
    }

    private boolean tooLate(CloudRequest request) {
        return request.kind() == CallKind.WRITE && gate.tooLate();
    }

    /** What the service said tells more than that there was no more time; and the gate may have more to say about a write. */
    private ApiException unwanted(CloudRequest request, @Nullable ApiException before) {
        if (before != null && !end.hurried()) {
            return before;
        }
        if (request.kind() == CallKind.WRITE) {
            gate.check(request.operation());
        }
        return new ApiException(
                CallFailureKind.NOT_SENT,
                request.operation(),
                0,
                ApiError.text("not waited for, since the run is to end"));
    }

    /** A read that is not tried as often as it should be proves nothing. */
    private static RuntimeException last(CloudRequest request, ApiException failure) {
        boolean answered = failure.verdict() == CallFailureKind.REFUSED || failure.verdict() == CallFailureKind.DENIED;
        return request.kind() == CallKind.WRITE || answered
                ? failure
                : new CallsEndedException(request.operation(), failure);
    }

    private static ApiException interrupted(
            CloudRequest request, CallFailureKind verdict, String when, InterruptedException e) {
        Thread.currentThread().interrupt();
        return new ApiException(verdict, request.operation(), 0, ApiError.text("interrupted " + when), e);
    }

    private static HttpRequest http(CloudRequest request, URI uri, Map<String, String> proof, byte[] body) {
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
        proof.forEach(builder::header);
        return builder.build();
    }
}
