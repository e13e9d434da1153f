package dev.smsrunner.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.smsrunner.cloud.ProxyServer;
import dev.smsrunner.cloud.StubService;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Messages to a webhook behind a proxy. */
class WebhookProxyTests {

    private static final String DIRECT = "http.nonProxyHosts";

    private final StubService hook = new StubService();
    private ProxyServer proxy;
    private String usual;

    /** Lets the proxy serve this machine, too. */
    @BeforeEach
    void start() throws IOException {
        proxy = new ProxyServer();
        usual = System.getProperty(DIRECT);
        System.setProperty(DIRECT, "");
    }

    @AfterEach
    void stop() throws IOException {
        if (usual == null) {
            System.clearProperty(DIRECT);
        } else {
            System.setProperty(DIRECT, usual);
        }
        proxy.close();
        hook.close();
    }

    private Webhook webhook(Map<String, String> more) {
        var environment = new HashMap<>(more);
        environment.put(Webhook.VARIABLE, hook.url() + "/services/canary");
        environment.putIfAbsent("http_proxy", "http://user:pass@127.0.0.1:" + proxy.port());
        return Webhook.of(environment).orElseThrow();
    }

    @Test
    void aMessageGoesThroughTheProxyWithItsLogin() throws Exception {
        webhook(Map.of()).deliver("text", "{}");

        assertThat(proxy.heads().get(0)).startsWith("POST ").contains("Proxy-Authorization: Basic dXNlcjpwYXNz");
        assertThat(hook.only().headers()).doesNotContainKey("proxy-authorization");
    }

    @Test
    void aProxyThatRequiresALoginIsNamed() {
        proxy.respondWith(head -> ProxyServer.status(407, "Proxy-Authenticate: Basic realm=x"));

        assertThatIOException()
                .isThrownBy(() -> webhook(Map.of()).deliver("text", "{}"))
                .withMessageContaining("the proxy 127.0.0.1:%d requires a valid login (HTTP 407)", proxy.port())
                .withMessageNotContaining("canary");
    }

    @Test
    void aProxyThatCannotBeReadIsReportedAtOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> webhook(Map.of("http_proxy", "https://u:canary@proxy")))
                .withMessageContaining("http_proxy starts with https://")
                .withMessageNotContaining("canary");
    }
}
