package dev.smsrunner.cloud;

import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Token from IAM for a user name and a password, shared by all threads and fetched by one of them
 * (KeystoneCreateUserTokenByPassword: POST /v3/auth/tokens, token in the header X-Subject-Token, lifetime 24 hours).
 */
final class IamTokens implements RequestAuthenticator {

    static final String HEADER = "X-Auth-Token";

    private static final String OPERATION = "CreateToken";
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int ATTEMPTS = 5;
    private static final Duration SHORTEST_LIFE = Duration.ofMinutes(10);
    private static final Duration ASSUMED_LIFE = Duration.ofHours(12);

    private record Token(String text, Instant renewAt, Instant expiresAt) {}

    private final Credentials.Password login;
    private final ServiceEndpoint iam;
    private final SingleExchange exchanges;
    private final SecretMask mask;
    private final CallListener listener;
    private final CloudSettings settings;
    private final CallCancellation cancellation;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable Token token;

    /** @param mask learns each new token, to mask it */
    IamTokens(
            Credentials.Password login,
            SingleExchange exchanges,
            SecretMask mask,
            CallListener listener,
            CloudSettings settings,
            CallCancellation cancellation) {
        this.login = login;
        this.iam = ServiceEndpoint.of(login.iamEndpoint());
        this.exchanges = exchanges;
        this.mask = mask;
        this.listener = listener;
        this.settings = settings;
        this.cancellation = cancellation;
    }

    @Override
    public void prepare() throws InterruptedException {
        if (!isFresh()) {
            lock.lockInterruptibly();
            try {
                if (!isFresh()) {
                    renewAhead();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public Map<String, String> headers(String method, URI uri, String authority, byte[] body) {
        Token current = token;
        return current == null ? Map.of() : Map.of(HEADER, current.text());
    }

    @Override
    public boolean renew(Map<String, String> rejected) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            Token current = token;
            // another thread may have renewed it while this one waited
            if (current == null || current.text().equals(rejected.get(HEADER))) {
                token = fetch();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private boolean isFresh() {
        Token current = token;
        return current != null && settings.clock().instant().isBefore(current.renewAt());
    }

    /** A token that has not expired is good enough when IAM does not answer. */
    private void renewAhead() throws InterruptedException {
        Token current = token;
        try {
            token = fetch();
        } catch (ApiException ex) {
            if (current == null || !settings.clock().instant().isBefore(current.expiresAt())) {
                throw ex;
            }
            token = new Token(
                    current.text(), settings.clock().instant().plus(Duration.ofMinutes(1)), current.expiresAt());
        }
    }

    private Token fetch() throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            try {
                return fetchOnce();
            } catch (ApiException ex) {
                // a proxy may lock the account after some wrong logins
                boolean futile = ex.kind() != CallFailureKind.NOT_SENT || ex.httpStatus() == HttpProxy.LOGIN_REQUIRED;
                if (attempt == ATTEMPTS || futile || cancellation.isStopped()) {
                    throw ex;
                }
                cancellation.sleep(settings.backoff().delay(attempt), settings.sleeper());
            }
        }
    }

    private Token fetchOnce() throws InterruptedException {
        long startedAt = settings.nanos().getAsLong();
        int status = 0;
        String requestId = null;
        try {
            SingleExchange.Answer answer = exchanges.send(request(), settings.readDeadline(), mask);
            status = answer.status();
            requestId = ErrorResponseMapper.requestId(answer);
            return read(answer);
        } catch (WireException ex) {
            throw ApiException.ofWire(CallFailureKind.NOT_SENT, OPERATION, ex.atIam(iam), ex);
        } finally {
            Duration took = Duration.ofNanos(settings.nanos().getAsLong() - startedAt);
            listener.onAnswer(OPERATION, status, requestId, took, status == 429);
        }
    }

    private Token read(SingleExchange.Answer answer) {
        if (answer.status() / 100 == 2 && !answer.token().isEmpty()) {
            mask.learn(answer.token());
            return token(answer.token(), expiry(answer.body()));
        }
        ApiException failure = new ErrorResponseMapper(settings.clock()).of(OPERATION, answer);
        // in any case the call that needed the token was not sent
        boolean denied =
                answer.status() >= 300 && answer.status() < 500 && answer.status() != 429 && answer.status() != 408;
        String text = answer.status() / 100 == 2 ? "IAM returned no X-Subject-Token" : failure.errorMessage();
        throw new ApiException(
                denied ? CallFailureKind.DENIED : CallFailureKind.NOT_SENT,
                OPERATION,
                answer.status(),
                new ApiError(failure.errorCode(), text, failure.requestId(), failure.details(), null));
    }

    private Token token(String text, @Nullable Instant reportedExpiry) {
        Instant now = settings.clock().instant();
        Instant expires = reportedExpiry == null ? now.plus(ASSUMED_LIFE) : reportedExpiry;
        Duration tenth = Duration.between(now, expires).dividedBy(10);
        Duration ahead = tenth.compareTo(SHORTEST_LIFE) < 0 ? tenth : SHORTEST_LIFE;
        return new Token(text, expires.minus(ahead), expires);
    }

    private static @Nullable Instant expiry(String body) {
        try {
            return Instant.parse(
                    JSON.readTree(body).path("token").path("expires_at").asString(""));
        } catch (JacksonException | DateTimeParseException ex) {
            return null;
        }
    }

    private HttpRequest request() {
        return HttpRequest.newBuilder(
                        iam.resolve(List.of("v3", "auth", "tokens"), List.of(Map.entry("nocatalog", "true"))))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body(), StandardCharsets.UTF_8))
                .build();
    }

    private String body() {
        Map<String, Object> user = Map.of(
                "domain", Map.of("name", login.domain()),
                "name", login.user(),
                "password", login.password().reveal());
        Map<String, Object> identity = Map.of("methods", List.of("password"), "password", Map.of("user", user));
        return JSON.writeValueAsString(Map.of("auth", Map.of("identity", identity, "scope", scope())));
    }

    private Map<String, Object> scope() {
        Credentials.TokenScope scope = login.scope();
        if (scope.projectId() != null) {
            return Map.of("project", Map.of("id", scope.projectId()));
        }
        if (scope.projectName() != null) {
            return Map.of("project", Map.of("name", scope.projectName()));
        }
        if (scope.domainId() != null) {
            return Map.of("domain", Map.of("id", scope.domainId()));
        }
        String domain = scope.domainName() == null ? login.domain() : scope.domainName();
        return Map.of("domain", Map.of("name", domain));
    }
}
