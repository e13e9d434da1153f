package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.smsrunner.cloud.ProxyServer;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whole runs through a proxy to the simulator over HTTP. */
class ProxyStoryTests extends ScenarioTest {

    private static final String DIRECT = "http.nonProxyHosts";
    private static final String BASIC = "Proxy-Authorization: Basic bmlnaHQ6cHIweHktY2FuYXJ5";

    private ProxyServer proxy;

    /** Lets the proxy serve this machine, too. */
    @BeforeEach
    void start() throws IOException {
        proxy = new ProxyServer();
        System.setProperty(DIRECT, "");
    }

    @AfterEach
    void stop() throws IOException {
        System.clearProperty(DIRECT);
        proxy.close();
    }

    /** The base class verifies the runs after the test, without the proxy. */
    private Scenario behindProxy(int servers) {
        return scenario(servers).environment("http_proxy", "http://night:pr0xy-canary@127.0.0.1:" + proxy.port());
    }

    @Test
    void aRunGoesThroughTheProxyWithItsLogin() {
        var scenario = behindProxy(2);

        var result = scenario.run().exits(0);

        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 2));
        assertThat(result.err())
                .contains("Calls go through the proxy 127.0.0.1:" + proxy.port() + " (http_proxy)")
                .doesNotContain("canary");
        assertThat(proxy.heads()).hasSizeGreaterThan(5).allMatch(head -> head.contains(BASIC));
    }

    @Test
    void aMissingLoginEndsTheStartAtOnce() {
        proxy.respondWith(head -> ProxyServer.status(407, "Proxy-Authenticate: Basic realm=corp"));
        var scenario = scenario(2).environment("http_proxy", "127.0.0.1:" + proxy.port());

        scenario.run()
                .exits(4)
                .prints(
                        "HTTP 407 the proxy 127.0.0.1:%d requires a login, on the way to".formatted(proxy.port()),
                        "Set SMS_RUNNER_PROXY_USER and SMS_RUNNER_PROXY_PASSWORD");

        assertThat(proxy.heads()).as("a proxy may lock the account").hasSize(1);
        assertThat(scenario.cloud().creates()).isEmpty();
    }

    @Test
    void anUnreadableProxyIsBadInput() {
        scenario(2)
                .environment("HTTP_PROXY", "socks5://night:pr0xy-canary@127.0.0.1:1080")
                .run()
                .exits(2)
                .prints("HTTP_PROXY starts with socks5://", "Set it to http://HOST:PORT");

        assertThat(proxy.heads()).isEmpty();
    }

    @Test
    void anUnreadableProxyOfIamIsBadInput() {
        scenario(1)
                .job("service.auth", "password")
                .environment("HUAWEICLOUD_DOMAIN_NAME", "account-1")
                .environment("HUAWEICLOUD_USER_NAME", "migrator")
                .environment("HUAWEICLOUD_PASSWORD", "canary-of-iam")
                .environment("HUAWEICLOUD_IAM_ENDPOINT", "https://iam.example.com")
                .environment("HTTPS_PROXY", "https://proxy.example.com")
                .plan()
                .exits(2)
                .prints("HTTPS_PROXY starts with https://");
    }

    @Test
    void aRunWaitsWhileTheProxyRejectsTheLogin() {
        var scenario = behindProxy(3);
        var rejected = new AtomicInteger();
        proxy.respondWith(head -> scenario.cloud().creates().isEmpty() || rejected.incrementAndGet() > 12
                ? null
                : ProxyServer.status(407, "Proxy-Authenticate: Basic realm=corp"));

        var result = scenario.run().exits(0);

        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 3));
        assertThat(rejected.get()).isGreaterThan(12);
        assertThat(scenario.cloud().creates().values()).containsOnly(1);
    }

    @Test
    void aWriteThatTheProxyRefusesIsSentLaterAndOnce() {
        var scenario = behindProxy(3);
        var rejected = new AtomicInteger();
        proxy.respondWith(head -> head.startsWith("POST ") && rejected.incrementAndGet() <= 6
                ? ProxyServer.status(407, "Proxy-Authenticate: Basic realm=corp")
                : null);

        var result = scenario.run().exits(0);

        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 3));
        assertThat(scenario.cloud().creates().values()).containsOnly(1);
        assertThat(ServiceProbe.sum(scenario.cloud().starts())).isEqualTo(3);
    }
}
