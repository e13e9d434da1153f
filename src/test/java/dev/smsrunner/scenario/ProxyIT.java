package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.cloud.ProxyServer;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The packaged program behind a proxy, with full logging. */
class ProxyIT extends ScenarioTest {

    private static final String CANARY = "canaryProxy=0123456789";

    /** {@code night} and the canary. */
    private static final String BASIC = "Proxy-Authorization: Basic bmlnaHQ6Y2FuYXJ5UHJveHk9MDEyMzQ1Njc4OQ==";

    private ProxyServer proxy;

    /** The proxy accepts the login, and cannot reach the service. */
    @BeforeEach
    void start() throws IOException {
        proxy = new ProxyServer()
                .respondWith(head -> head.contains(BASIC)
                        ? ProxyServer.status(502)
                        : ProxyServer.status(407, "Proxy-Authenticate: Basic realm=corp"));
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
    }

    private Scenario scenarioWithLogin() {
        return scenario(1)
                .environment("SMS_RUNNER_LOG_LEVEL", "TRACE")
                .environment("SMS_RUNNER_PROXY_USER", "night")
                .environment("SMS_RUNNER_PROXY_PASSWORD", CANARY + "\n")
                .through(cloud -> "https://sms.example.invalid");
    }

    private void assertRefusedByTheProxy(Scenario scenario, String source) throws IOException {
        try (var child = ChildProcess.run(scenario)) {
            var result = child.awaitEnd()
                    .exits(4)
                    .prints(
                            "Calls go through the proxy 127.0.0.1:%d (%s).".formatted(proxy.port(), source),
                            "the proxy 127.0.0.1:%d refused the connection (HTTP 502), on the way to https://sms.example.invalid. Nothing was changed. Check that the proxy can reach sms.example.invalid."
                                    .formatted(proxy.port()));
            var canaries = new SecretCanaries(CANARY);
            canaries.assertAbsentIn("the console", result.out() + result.err());
            canaries.assertAbsentUnder(scenario.directory());
        }
        assertThat(proxy.heads())
                .isNotEmpty()
                .allMatch(head -> head.startsWith("CONNECT sms.example.invalid:443") && head.contains(BASIC));
    }

    @Test
    void theLoginReachesTheProxyAndNoFile() throws IOException {
        assertRefusedByTheProxy(
                scenarioWithLogin().environment("HTTPS_PROXY", "http://127.0.0.1:" + proxy.port()), "HTTPS_PROXY");
    }

    @Test
    void aSystemPropertyPrecedesTheEnvironment() throws IOException {
        assertRefusedByTheProxy(
                scenarioWithLogin()
                        .environment("HTTPS_PROXY", "http://127.0.0.1:1")
                        .environment(
                                "JAVA_TOOL_OPTIONS",
                                "-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=" + proxy.port()
                                        + " -Djdk.http.auth.tunneling.disabledSchemes=Basic"),
                "-Dhttps.proxyHost");
    }
}
