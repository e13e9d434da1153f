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

/** An impostor receives no call, and the message states the problem of its certificate. */
class TlsTests {

    private static final CertificateAuthority ROOT = CertificateAuthority.root();
    private static final String HERE = "127.0.0.1";

    private final AtomicInteger received = new AtomicInteger();
    private SSLContext usual;
    private HttpsServer server;

    /** Trusts the authority, like {@code javax.net.ssl.trustStore} of an operator. */
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
            received.incrementAndGet();
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("{}".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            exchange.close();
        });
        server.start();
        return "https://" + HERE + ":" + server.getAddress().getPort();
    }

    @Test
    void aTrustedCertificateIsAccepted() throws IOException {
        try (var http = Calls.to(serve(ROOT.below().server(HERE), 1))) {
            assertThat(http.call(Calls.write()).status()).isEqualTo(200);
        }
        assertThat(received).hasValue(1);
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
    void anImpostorReceivesNoRequest(String what, CertificateAuthority who, String reason) throws IOException {
        assertRejected(serve(who, 9), reason);
    }

    @Test
    void anIncompleteChainIsRejected() throws IOException {
        assertRejected(serve(ROOT.below().server(HERE), 0), "unable to find valid certification path");
    }

    private void assertRejected(String url, String reason) {
        try (var http = Calls.to(url)) {
            var failure = Calls.failure(() -> http.call(Calls.write()));

            assertThat(failure.kind()).isEqualTo(CallFailureKind.NOT_SENT);
            assertThat(failure).hasMessageContaining("no TLS connection (").hasMessageContaining(reason);
            assertThat(failure).hasMessageContaining(url);
        }
        assertThat(received).as("requests that reached it").hasValue(0);
    }
}
