package dev.smsrunner.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.smsrunner.support.CertificateAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls through a real proxy to a real TLS server. */
class ProxyTests {

    private static final CertificateAuthority ROOT = CertificateAuthority.root();
    private static final String HERE = "127.0.0.1";
    private static final Map<String, String> LOGIN =
            Map.of("SMS_RUNNER_PROXY_USER", "migrator", "SMS_RUNNER_PROXY_PASSWORD", "pr0xy-canary:@ü");
    private static final String BASIC = "Proxy-Authorization: Basic bWlncmF0b3I6cHIweHktY2FuYXJ5OkDDvA==";

    private final List<Map<String, List<String>>> received = new CopyOnWriteArrayList<>();
    private SSLContext usual;
    private HttpsServer server;
    private ProxyServer proxy;
    private volatile Runnable atService = () -> {};

    @BeforeEach
    void start() throws Exception {
        usual = SSLContext.getDefault();
        SSLContext.setDefault(ROOT.trusting());
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(ROOT.server(HERE).serving(1)));
        server.createContext("/", exchange -> {
            exchange.getRequestBody().readAllBytes();
            received.add(new HashMap<>(exchange.getRequestHeaders()));
            atService.run();
            exchange.getResponseHeaders().add("X-Subject-Token", "token-1");
            exchange.sendResponseHeaders(201, 2);
            exchange.getResponseBody().write("{}".getBytes(StandardCharsets.US_ASCII));
            exchange.close();
        });
        server.start();
        proxy = new ProxyServer();
    }

    @AfterEach
    void stop() throws IOException {
        SSLContext.setDefault(usual);
        server.stop(0);
        proxy.close();
    }

    private String service() {
        return "https://" + HERE + ":" + server.getAddress().getPort();
    }

    /** Transport through the proxy, also to this machine. */
    private CloudHttp http(String url, Map<String, String> environment, Credentials credentials, Duration deadline) {
        var properties = new Properties();
        properties.setProperty("http.nonProxyHosts", "");
        var all = new HashMap<>(environment);
        all.putIfAbsent("HTTPS_PROXY", HERE + ":" + proxy.port());
        all.putIfAbsent("HTTP_PROXY", HERE + ":" + proxy.port());
        return new CloudHttp(
                ServiceEndpoint.of(url),
                credentials,
                KnownSecrets.ofEnvironment(all).values(),
                AdaptiveRateLimiter.fixed(5000),
                MutationGate.OPEN,
                CallListener.SILENT,
                Calls.settings(deadline).with(new ProxySettings(all, properties)));
    }

    private CloudHttp http(Map<String, String> environment) {
        return http(service(), environment, Calls.KEY, Duration.ofSeconds(20));
    }

    private String theProxy() {
        return "the proxy " + HERE + ":" + proxy.port();
    }

    private ApiException failure(Map<String, String> environment) {
        try (var http = http(environment)) {
            return Calls.failure(() -> http.call(Calls.write()));
        }
    }

    @Test
    void aCallGoesThroughTheTunnelOfTheProxy() {
        try (var http = http(Map.of())) {
            assertThat(http.call(Calls.write()).status()).isEqualTo(201);
            assertThat(http.call(Calls.read()).status()).isEqualTo(201);
        }

        assertThat(received).hasSize(2);
        assertThat(proxy.heads()).hasSize(1).allMatch(head -> head.startsWith("CONNECT " + HERE));
        assertThat(proxy.heads().get(0)).doesNotContain("Authorization", "SDK-HMAC");
    }

    @Test
    void theLoginReachesTheProxyAndNotTheService() {
        try (var http = http(LOGIN)) {
            assertThat(http.call(Calls.write()).status()).isEqualTo(201);
        }

        assertThat(proxy.heads().get(0)).contains(BASIC);
        assertThat(received.get(0)).doesNotContainKey("Proxy-authorization");
    }

    @Test
    void theLoginOfTheAddressIsDecoded() {
        var url = "http://migrator:pr0xy-canary%%3A%%40%%C3%%BC@%s:%d/".formatted(HERE, proxy.port());

        try (var http = http(Map.of("HTTPS_PROXY", url))) {
            assertThat(http.call(Calls.write()).status()).isEqualTo(201);
        }

        assertThat(proxy.heads().get(0)).contains(BASIC);
    }

    @Test
    void aTokenRequestGoesThroughTheProxy() {
        var password =
                new Credentials.Password(service(), "account", "user", Secret.of("pw"), Credentials.TokenScope.DOMAIN);

        try (var http = http(service(), LOGIN, password, Duration.ofSeconds(20))) {
            assertThat(http.call(Calls.write()).status()).isEqualTo(201);
        }

        assertThat(received).hasSize(2);
        assertThat(proxy.heads()).allMatch(head -> head.startsWith("CONNECT ") && head.contains(BASIC));
    }

    @Test
    void aRejectedLoginIsNotRepeatedForAToken() {
        proxy.respondWith(head -> ProxyServer.status(407));
        var password =
                new Credentials.Password(service(), "account", "user", Secret.of("pw"), Credentials.TokenScope.DOMAIN);

        try (var http = http(service(), LOGIN, password, Duration.ofSeconds(20))) {
            var failure = Calls.failure(() -> http.call(Calls.write()));

            assertThat(failure.kind()).isEqualTo(CallFailureKind.NOT_SENT);
            assertThat(failure)
                    .hasMessageContaining("IAM at " + service() + ": " + theProxy() + " rejects the login")
                    .hasMessageContaining("Nothing was changed. Correct the login in SMS_RUNNER_PROXY_USER");
        }
        assertThat(proxy.heads()).hasSize(1);
    }

    @Test
    void aPlainRequestIsForwarded() {
        try (var sms = new StubService();
                var http = http(sms.url(), LOGIN, Calls.KEY, Duration.ofSeconds(20))) {
            assertThat(http.call(Calls.write()).status()).isEqualTo(200);

            assertThat(sms.only().headers()).containsKey("authorization").doesNotContainKey("proxy-authorization");
            assertThat(proxy.heads().get(0)).startsWith("POST " + sms.url()).contains(BASIC);
        }
    }

    static Stream<Arguments> logins() {
        return Stream.of(
                Arguments.of(
                        "missing",
                        Map.of(),
                        "Basic realm=\"corp\"",
                        "requires a login",
                        "Set SMS_RUNNER_PROXY_USER and SMS_RUNNER_PROXY_PASSWORD"),
                Arguments.of(
                        "wrong",
                        LOGIN,
                        "Basic realm=\"corp\"",
                        "rejects the login",
                        "Correct the login in SMS_RUNNER_PROXY_USER"),
                Arguments.of(
                        "not Basic",
                        LOGIN,
                        "Negotiate",
                        "rejects the login and offers Negotiate",
                        "supports Basic only"),
                Arguments.of(
                        "a choice",
                        Map.of(),
                        "NTLM\r\nProxy-Authenticate: basic realm=x",
                        "requires a login",
                        "Set SMS_RUNNER_PROXY_USER"),
                Arguments.of("unnamed", Map.of(), "", "requires a login", "Set SMS_RUNNER_PROXY_USER"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("logins")
    void aLoginThatTheProxyLacksMeansNotSent(
            String what, Map<String, String> environment, String scheme, String problem, String remedy) {
        proxy.respondWith(head -> ProxyServer.status(407, "Proxy-Authenticate: " + scheme));

        var failure = failure(environment);

        assertThat(failure.kind()).isEqualTo(CallFailureKind.NOT_SENT);
        assertThat(failure)
                .hasMessageContaining("HTTP 407 " + theProxy() + " " + problem + ", on the way to " + service() + ". ")
                .hasMessageContaining("Nothing was changed. ")
                .hasMessageContaining(remedy)
                .hasMessageNotContaining("Check the endpoint")
                .hasMessageNotContaining("canary");
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 400, 403, 404, 407, 500, 502, 503, 504})
    void aRefusedTunnelMeansNotSent(int status) {
        proxy.respondWith(head -> ProxyServer.status(status));

        var failure = failure(Map.of());

        assertThat(failure.kind()).isEqualTo(CallFailureKind.NOT_SENT);
        assertThat(failure)
                .hasMessageContaining("HTTP " + status)
                .hasMessageContaining(theProxy())
                .hasMessageContaining(", on the way to " + service())
                .hasMessageNotContaining("Check the endpoint");
        assertThat(received).isEmpty();
        assertThat(proxy.heads()).as("writes are sent once").hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "HTTP/1.1 2", "nonsense\r\n\r\n", "HTTP/1.1 200 OK\r\n\r\n", "HTTP/1.1 999 \r\n\r\n"})
    void aProxyThatDiesBeforeTheTunnelMeansNotSent(String last) {
        proxy.respondWith(head -> last);

        var failure = failure(Map.of());

        assertThat(failure.kind()).isEqualTo(CallFailureKind.NOT_SENT);
        assertThat(failure)
                .hasMessageContaining(theProxy())
                .message()
                .containsAnyOf(
                        "Check the endpoint, the network and %s (HTTPS_PROXY).".formatted(theProxy()),
                        "Check that the proxy can reach " + HERE);
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "nonsense\r\n\r\n"})
    void aReadThroughAProxyWithoutAnAnswerChangedNothing(String last) {
        proxy.respondWith(head -> last);

        try (var http = http(Map.of())) {
            assertThat(Calls.failure(() -> http.call(Calls.read())))
                    .hasMessageEndingWith(" Nothing was changed. Check the endpoint, the network and %s (HTTPS_PROXY)."
                            .formatted(theProxy()))
                    .hasMessageNotContaining("executed");
        }
    }

    @Test
    void aProxyThatDoesNotAnswerMeansNotSent() {
        var end = new CountDownLatch(1);
        proxy.respondWith(head -> {
            end.await();
            return "";
        });

        try (var http = http(service(), Map.of(), Calls.KEY, Duration.ofMillis(300))) {
            var failure = Calls.failure(() -> http.call(Calls.write()));

            assertThat(failure.kind()).isEqualTo(CallFailureKind.NOT_SENT);
            assertThat(failure).hasMessageContaining("no complete answer within 300 ms");
        } finally {
            end.countDown();
        }
        assertThat(received).isEmpty();
    }

    @Test
    void anAbsentProxyMeansNotSent() throws IOException {
        int port;
        try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }

        var failure = failure(Map.of("HTTPS_PROXY", HERE + ":" + port));

        assertThat(failure.kind()).isEqualTo(CallFailureKind.NOT_SENT);
        assertThat(failure)
                .hasMessageEndingWith(
                        "was not sent: the proxy %s:%d accepts no connection, on the way to %s. Nothing was changed. Check that the proxy runs there, or correct HTTPS_PROXY."
                                .formatted(HERE, port, service()));
    }

    @Test
    void aProxyWithoutAnAddressMeansNotSent() {
        var failure = failure(Map.of("HTTPS_PROXY", "proxy.invalid:3128"));

        assertThat(failure.kind()).isEqualTo(CallFailureKind.NOT_SENT);
        assertThat(failure)
                .hasMessageContaining(
                        "the host name of the proxy proxy.invalid:3128 cannot be resolved, on the way to ")
                .hasMessageContaining("Nothing was changed. Check that the proxy runs there, or correct HTTPS_PROXY.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "                                          | If the network requires a proxy, set HTTPS_PROXY.",
                "HTTPS_PROXY=proxy:1 NO_PROXY=sms.invalid  | remove sms.invalid from the hosts without a proxy (NO_PROXY)."
            })
    void aHostThatCannotBeResolvedMayNeedAProxy(String settings, String remedy) {
        var environment = new HashMap<String, String>();
        Stream.ofNullable(settings)
                .flatMap(words -> Stream.of(words.split(" ")))
                .map(word -> word.split("="))
                .forEach(word -> environment.put(word[0], word[1]));
        try (var http = new CloudHttp(
                ServiceEndpoint.of("https://sms.invalid"),
                Calls.KEY,
                AdaptiveRateLimiter.fixed(5000),
                MutationGate.OPEN,
                CallListener.SILENT,
                Calls.settings(Duration.ofSeconds(20)).with(new ProxySettings(environment, new Properties())))) {
            assertThat(Calls.failure(() -> http.call(Calls.write())))
                    .hasMessageContaining(
                            "the host name cannot be resolved at https://sms.invalid. Nothing was changed. Check the endpoint and the network.")
                    .hasMessageContaining(remedy);
        }
    }

    @Test
    void aConnectionLostAfterTheRequestIsUnknown() {
        atService = proxy::drop;

        var failure = failure(Map.of());

        assertThat(failure.kind()).isEqualTo(CallFailureKind.UNKNOWN);
        assertThat(failure).hasMessageContaining("the connection was lost").hasMessageContaining("through the proxy");
        assertThat(received).hasSize(1);
    }

    @Test
    void anAnswerOfTheServiceWithStatus407IsRefused() {
        try (var sms = new StubService().respondWith(407, "");
                var http = Calls.to(sms.url())) {
            assertThat(Calls.failure(() -> http.call(Calls.write())).kind()).isEqualTo(CallFailureKind.REFUSED);
        }
    }
}
