package dev.smsrunner.notification;

import dev.smsrunner.cloud.HttpProxy;
import dev.smsrunner.cloud.ProxySettings;
import dev.smsrunner.jobfile.WebAddress;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Posts messages as JSON to the address in the environment. The address often contains a secret, so messages show only its host. */
final class Webhook implements Channel {

    /** Environment variable with the address. */
    static final String VARIABLE = "SMS_RUNNER_WEBHOOK_URL";

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final URI address;
    private final @Nullable HttpProxy proxy;
    private final HttpClient client;

    private Webhook(URI address, ProxySettings proxies) {
        this.address = address;
        this.proxy = proxies.proxyFor(address).orElse(null);
        this.client = HttpClient.newBuilder()
                .connectTimeout(DEADLINE)
                .proxy(proxies.selector())
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /**
     * Creates the webhook of the environment, if there is one.
     *
     * @throws IllegalArgumentException when messages must not go to its address, or the proxy cannot be read; the message
     *     contains the reason, but not the address
     */
    static Optional<Webhook> of(Map<String, String> environment) {
        var text = environment.getOrDefault(VARIABLE, "").strip();
        return text.isEmpty()
                ? Optional.empty()
                : Optional.of(new Webhook(WebAddress.of(VARIABLE, text), ProxySettings.of(environment)));
    }

    @Override
    public String name() {
        return "the webhook at " + address.getHost();
    }

    @Override
    public void deliver(String text, String json) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(address)
                .timeout(DEADLINE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json));
        var login = proxy == null ? null : proxy.login();
        if (login != null) {
            request.setHeader(HttpProxy.LOGIN_HEADER, login.authorization().reveal());
        }
        int status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
        if (proxy != null && status == HttpProxy.LOGIN_REQUIRED) {
            throw new IOException("the proxy %s requires a valid login (HTTP %d)".formatted(proxy, status));
        }
        if (status / 100 != 2) {
            throw new RejectedRequestException(status);
        }
    }

    /** Retries all failures except invalid requests. */
    @Override
    public boolean isRetryable(IOException failure) {
        return !(failure instanceof RejectedRequestException rejection)
                || rejection.status >= 500
                || rejection.status == 408
                || rejection.status == 429;
    }

    /** Answer with a status other than 2xx. */
    private static final class RejectedRequestException extends IOException {

        private static final long serialVersionUID = 1;

        private final int status;

        RejectedRequestException(int status) {
            super("it answered with HTTP " + status);
            this.status = status;
        }
    }
}
