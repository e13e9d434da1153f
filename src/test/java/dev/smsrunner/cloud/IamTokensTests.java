package dev.smsrunner.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class IamTokensTests {

    private static final int THREADS = 16;

    private final StubService iam = new StubService();
    private final StubService sms = new StubService();
    private final AtomicInteger issued = new AtomicInteger();
    private volatile String expires = "2019-11-16T03:36:55.123456Z";

    IamTokensTests() {
        iam.respondWith((exchange, request, number) -> {
            exchange.getResponseHeaders().add("X-Subject-Token", "token-" + issued.incrementAndGet());
            StubService.answer(201, "{\"token\":{\"expires_at\":\"" + expires + "\"}}")
                    .answer(exchange, request, number);
        });
    }

    @AfterEach
    void close() {
        iam.close();
        sms.close();
    }

    @Test
    void requestMatchesTheIamReference() {
        try (CloudHttp http = http(new Credentials.TokenScope("p1", "ignored", "ignored", "ignored"))) {
            http.call(Calls.read());
        }

        assertThat(iam.only().method() + " " + iam.only().target()).isEqualTo("POST /v3/auth/tokens?nocatalog=true");
        JsonMapper json = JsonMapper.builder().build();
        assertThat(json.readTree(iam.only().body())).isEqualTo(json.readTree("""
                        {"auth":{"identity":{"methods":["password"],"password":{"user":{"domain":{"name":"account"},
                        "name":"user","password":"pw"}}},"scope":{"project":{"id":"p1"}}}}
                        """));
        assertThat(sms.only().headers())
                .containsEntry("x-auth-token", "token-1")
                .doesNotContainKey("authorization");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "    |  region-1 | d-1 | other | {'project':{'name':'region-1'}}",
                "    |           | d-1 | other | {'domain':{'id':'d-1'}}",
                "    |           |     | other | {'domain':{'name':'other'}}",
                "    |           |     |       | {'domain':{'name':'account'}}"
            })
    void requestContainsTheFirstScopeThatIsSet(
            String projectId, String projectName, String domainId, String domainName, String expected) {
        try (CloudHttp http = http(new Credentials.TokenScope(projectId, projectName, domainId, domainName))) {
            http.call(Calls.read());
        }

        JsonMapper json = JsonMapper.builder().build();
        assertThat(json.readTree(iam.only().body()))
                .isEqualTo(json.readTree("""
                        {"auth":{"identity":{"methods":["password"],"password":{"user":{"domain":{"name":"account"},
                        "name":"user","password":"pw"}}},"scope":%s}}
                        """.formatted(expected.replace('\'', '"'))));
    }

    @Test
    void sixteenThreadsFetchOneTokenAndRenewItOnce() throws Exception {
        sms.respondWith((exchange, request, number) -> {
            boolean old = request.headers().get("x-auth-token").equals("token-1");
            StubService.answer(old ? 401 : 200, old ? "{\"error_code\":\"APIGW.0307\"}" : "{}")
                    .answer(exchange, request, number);
        });
        try (CloudHttp http = http(Credentials.TokenScope.DOMAIN)) {
            CyclicBarrier together = new CyclicBarrier(THREADS);
            Callable<Integer> write = () -> {
                together.await();
                return http.call(Calls.write()).status();
            };

            assertThat(inParallel(write)).containsOnly(200).hasSize(THREADS);
        }
        assertThat(iam.requests()).hasSize(2);
    }

    @Test
    void aTokenThatIsRefusedAgainAfterRenewalEndsTheCall() {
        sms.respondWith(401, "{\"error_code\":\"APIGW.0307\",\"error_msg\":\"token must be updated\"}");

        try (CloudHttp http = http(Credentials.TokenScope.DOMAIN)) {
            assertThat(Calls.failure(() -> http.call(Calls.write())).kind()).isEqualTo(CallFailureKind.DENIED);
        }
        assertThat(sms.requests()).hasSize(2);
        assertThat(iam.requests()).hasSize(2);
    }

    @Test
    void aTokenNearItsEndIsRenewedAhead() {
        expires = "2019-11-15T03:36:55Z";

        try (CloudHttp http = http(Credentials.TokenScope.DOMAIN)) {
            http.call(Calls.read());
            expires = "2019-11-16T03:36:55Z";
            http.call(Calls.read());
            http.call(Calls.read());
        }
        assertThat(sms.requests().stream().map(request -> request.headers().get("x-auth-token")))
                .containsExactly("token-1", "token-2", "token-2");
    }

    @Test
    void aRejectedLoginIsDeniedWithoutThePassword() {
        iam.respondWith(401, "{\"error\":{\"code\":401,\"message\":\"The username or password is wrong.\"}}");

        try (CloudHttp http = http(Credentials.TokenScope.DOMAIN)) {
            ApiException failure = Calls.failure(() -> http.call(Calls.write()));

            assertThat(failure.kind()).isEqualTo(CallFailureKind.DENIED);
            assertThat(failure)
                    .hasMessageContaining("CreateToken was denied: HTTP 401 The username or password is wrong.")
                    .hasMessageNotContaining("pw");
        }
        assertThat(sms.requests()).isEmpty();
        iam.only();
    }

    /** Bodies without a readable expiry. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "[null]",
                "42",
                "\"\"",
                "{\"tok",
                "{\"token\": null}",
                "{\"token\": []}",
                "{\"token\": \"x\"}",
                "{\"token\": {\"expires_at\": null}}",
                "{\"token\": {\"expires_at\": {}}}",
                "{\"token\": {\"expires_at\": 7}}",
                "{\"token\": {\"expires_at\": \"tomorrow\"}}",
                "{\"token\": {\"expires_at\": \"+1000000000-12-31T23:59:59.999999999Z\"}}",
                "<html>login</html>"
            })
    void anyBodyOfATokenIsAccepted(String body) {
        iam.respondWith(201, body, "X-Subject-Token", "token-1");

        try (CloudHttp http = http(Credentials.TokenScope.DOMAIN)) {
            assertThat(http.call(Calls.write()).status()).isEqualTo(200);
            assertThat(http.call(Calls.write()).status()).isEqualTo(200);
        }
        iam.only();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "null", "[]", "[null]", "42", "{\"error\":", "{\"error\": null}", "{\"error\": []}", "<html>"
            })
    void anyBodyOfAFailedTokenRequestMeansNotSentOrDenied(String body) {
        for (int status : new int[] {200, 201, 204, 302, 400, 401, 403, 404, 407, 408, 429, 500, 502, 503}) {
            iam.respondWith(status, status == 204 ? "" : body);

            try (CloudHttp http = http(Credentials.TokenScope.DOMAIN)) {
                ApiException failure = Calls.failure(() -> http.call(Calls.write()));

                boolean denied = status >= 300 && status < 500 && status != 408 && status != 429;
                assertThat(failure.kind())
                        .as("%d %s", status, body)
                        .isEqualTo(denied ? CallFailureKind.DENIED : CallFailureKind.NOT_SENT);
            }
        }
        assertThat(sms.requests()).isEmpty();
    }

    @Test
    void aWriteIsNotSentWhenIamFails() {
        iam.respondWith(503, "");

        try (CloudHttp http = http(Credentials.TokenScope.DOMAIN)) {
            assertThat(Calls.failure(() -> http.call(Calls.write())).kind()).isEqualTo(CallFailureKind.NOT_SENT);
        }
        assertThat(sms.requests()).isEmpty();
    }

    @Test
    void aReadyTokenIsSentAndNotRenewed() {
        sms.respondWith(401, "");

        try (CloudHttp http = Calls.to(
                sms.url(), new Credentials.ReadyToken(Secret.of("mine")), MutationGate.OPEN, CallListener.SILENT)) {
            assertThat(Calls.failure(() -> http.call(Calls.read())).kind()).isEqualTo(CallFailureKind.DENIED);
        }
        assertThat(sms.only().headers()).containsEntry("x-auth-token", "mine");
    }

    private CloudHttp http(Credentials.TokenScope scope) {
        Credentials login = new Credentials.Password(iam.url(), "account", "user", Secret.of("pw"), scope);
        return Calls.to(sms.url(), login, MutationGate.OPEN, CallListener.SILENT);
    }

    private static List<Integer> inParallel(Callable<Integer> work) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Integer> results = new ArrayList<>();
            for (Future<Integer> result : threads.invokeAll(Collections.nCopies(THREADS, work))) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdownNow();
        }
    }
}
