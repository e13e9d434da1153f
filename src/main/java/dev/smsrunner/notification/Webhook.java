package dev.smsrunner.notification;

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

/** Posts the message as JSON to the address in the environment; the address often carries a secret, so only its host is named. */
final class Webhook implements Channel {

    /** The variable of the environment that holds the address. */
    static final String VARIABLE = "SMS_RUNNER_WEBHOOK_URL";

    private static final Duration DEADLINE = Duration.ofSeconds(10);

    private final URI address;
    private final HttpClient client;

    private Webhook(URI address) {
        this.address = address;
        this.client = HttpClient.newBuilder()
                .connectTimeout(DEADLINE)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /**
     * The webhook of the environment, if there is one.
     *
     * @throws IllegalArgumentException when its address is not one that a message may go to; says why, without the address
     */
    static Optional<Webhook> of(Map<String, String> environment) {
        var text = environment.getOrDefault(VARIABLE, "").strip();
        return text.isEmpty() ? Optional.empty() : Optional.of(new Webhook(WebAddress.of(VARIABLE, text)));
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
                .POST(BodyPublishers.ofString(json))
                .build();
        int status = client.send(request, BodyHandlers.discarding()).statusCode();
        if (status / 100 != 2) {
            throw new Refused(status);
        }
    }

    /** A request that is wrong stays wrong; everything else may pass. */
    @Override
    public boolean mayTryAgain(IOException failure) {
        return !(failure instanceof Refused refused)
                || refused.status >= 500
                || refused.status == 408
                || refused.status == 429;
    }

    /** An answer other than 2xx. */
    private static final class Refused extends IOException {

        private static final long serialVersionUID = 1;

        private final int status;

        Refused(int status) {
            super("it answered " + status);
            this.status = status;
        }
    }
}
