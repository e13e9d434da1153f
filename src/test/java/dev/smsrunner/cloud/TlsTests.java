package dev.smsrunner.cloud;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.smsrunner.support.CertificateAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Who is not the service learns nothing of a call, and the message says what is wrong with its certificate. */
class TlsTests {

    private static final CertificateAuthority ROOT = CertificateAuthority.root();
    private static final String HERE = "127.0.0.1";

    private final AtomicInteger heard = new AtomicInteger();
    private SSLContext usual;
    private HttpsServer server;

    /** The authority of {@code javax.net.ssl.trustStore}, as an operator names it. */
    @BeforeEach
    void trust() throws Exception {
        usual = SSLContext.getDefault();
        SSLContext.setDefault(ROOT.trusting());
    }

    @AfterEach
    void forget() {
        SSLContext.setDefault(usual);
        if (server != null) {
            server.stop(0);
        }
    }

    private String serve(CertificateAuthority who, int above) throws IOException {
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(who.serving(above)));
        server.createContext("/", exchange -> {
            heard.incrementAndGet();
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            exchange.close();
        });
        server.start();
        return "https://" + HERE + ":" + server.getAddress().getPort();
    }

    @Test
    void aServiceWithACertificateOfATrustedAuthorityIsTalkedTo() throws IOException {
        try (var http = Calls.to(serve(ROOT.below().server(HERE), 1))) {
            assertThat(http.call(Calls.write()).status()).isEqualTo(200);
        }
        assertThat(heard).hasValue(1);
    }

    static Stream<Arguments> impostors() {
        var now = Instant.now();
        return Stream.of(
                Arguments.of("expired yesterday", ROOT.server(HERE, now.minus(Duration.ofDays(11))), "has expired"),
                Arguments.of("begins tomorrow", ROOT.server(HERE, now.plus(Duration.ofDays(1))), "is not valid yet"),
                Arguments.of("of another host", ROOT.server("127.0.0.2"), "matching IP address 127.0.0.1"),
                Arguments.of("host in the name only", ROOT.server(null), "No subject alternative names"),
                Arguments.of(
                        "vouches for itself",
                        CertificateAuthority.selfSigned(HERE),
                        "unable to find valid certification"),
                Arguments.of(
                        "another authority of that name",
                        CertificateAuthority.root().server(HERE),
                        "path"),
                Arguments.of("issued by a server", ROOT.server(HERE).server(HERE), "not a CA certificate"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("impostors")
    void anImpostorLearnsNothing(String what, CertificateAuthority who, String said) throws IOException {
        refused(serve(who, 9), said);
    }

    @Test
    void aChainWithAGapIsNoChain() throws IOException {
        refused(serve(ROOT.below().server(HERE), 0), "unable to find valid certification path");
    }

    private void refused(String url, String said) {
        try (var http = Calls.to(url)) {
            var failure = Calls.failure(() -> http.call(Calls.write()));

            assertThat(failure.verdict()).isEqualTo(CallFailureKind.NOT_SENT);
            assertThat(failure).hasMessageContaining("no TLS connection (").hasMessageContaining(said);
            assertThat(failure).hasMessageContaining(url);
        }
        assertThat(heard).as("requests that reached it").hasValue(0);
    }
}
