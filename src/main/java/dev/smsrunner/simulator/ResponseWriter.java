package dev.smsrunner.simulator;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Sends answers, unchanged or modified by a fault.
 *
 * @param later sends delayed answers without holding a thread
 */
record ResponseWriter(ScheduledExecutorService later) {

    private static final String JSON = "application/json";

    void deliver(HttpExchange exchange, SimulatedResponse answer, @Nullable AnswerFault fault) throws IOException {
        if (fault == null) {
            send(exchange, answer);
            return;
        }
        switch (fault.kind()) {
            case CLOSE_BEFORE, CLOSE_AFTER, LATE_DELIVERY -> exchange.close();
            case STATUS_BEFORE, STATUS_AFTER -> send(exchange, gatewayError(answer, fault));
            case TOKEN_EXPIRED -> send(exchange, answer);
            case THROTTLED -> send(exchange, throttled(answer, fault));
            case TRUNCATED -> truncate(exchange, answer);
            case HTML -> send(exchange, answer, 200, "text/html", "<html><body>Please log in.</body></html>");
            case EMPTY -> send(exchange, answer, 200, JSON, "");
            case MALFORMED -> send(exchange, answer, 200, JSON, "{\"id\": \"");
            case DELAY ->
                later.schedule(() -> sendLate(exchange, answer), fault.delay().toMillis(), TimeUnit.MILLISECONDS);
            case DUPLICATE_SOURCE -> send(exchange, withFirstSourceTwice(answer));
            case SHORT_PAGE -> send(exchange, withElements(answer, fault.elements(), 0));
            case HIDDEN_ELEMENT -> send(exchange, withElements(answer, Integer.MAX_VALUE, 1));
        }
    }

    private static SimulatedResponse gatewayError(SimulatedResponse answer, AnswerFault fault) {
        String code = fault.status() == 504 ? "APIG.0203" : "APIG.0201";
        String text = fault.status() == 504 ? "Backend timeout." : "Backend unavailable.";
        return new SimulatedResponse(
                fault.status(),
                SimulatedResponse.of(Refusal.of(fault.status(), code, text)).body(),
                answer.headers());
    }

    private static SimulatedResponse throttled(SimulatedResponse answer, AnswerFault fault) {
        SimulatedResponse refused = new SimulatedResponse(
                429, SimulatedResponse.of(RateLimit.throttled(1, 1)).body(), answer.headers());
        return fault.retryAfter() == null ? refused : refused.withHeader("Retry-After", fault.retryAfter());
    }

    private static SimulatedResponse withFirstSourceTwice(SimulatedResponse answer) {
        ObjectNode body = ((ObjectNode) answer.body()).deepCopy();
        if (body.path("source_servers") instanceof ArrayNode servers && !servers.isEmpty()) {
            servers.add(servers.get(0));
        }
        return new SimulatedResponse(answer.status(), body, answer.headers());
    }

    /** Removes the last elements from the list of a page and keeps {@code count}. Other answers stay unchanged. */
    private static SimulatedResponse withElements(SimulatedResponse answer, int most, int hidden) {
        if (!(answer.body() instanceof ObjectNode page) || !page.has("count")) {
            return answer;
        }
        ObjectNode body = page.deepCopy();
        body.properties().stream()
                .map(java.util.Map.Entry::getValue)
                .filter(ArrayNode.class::isInstance)
                .map(ArrayNode.class::cast)
                .forEach(list -> {
                    int size = Math.max(0, Math.min(most, list.size() - hidden));
                    while (list.size() > size) {
                        list.remove(list.size() - 1);
                    }
                });
        return new SimulatedResponse(answer.status(), body, answer.headers());
    }

    private static void sendLate(HttpExchange exchange, SimulatedResponse answer) {
        try {
            send(exchange, answer);
        } catch (IOException ex) {
            // The caller has given up waiting.
            exchange.close();
        }
    }

    private static void send(HttpExchange exchange, SimulatedResponse answer) throws IOException {
        send(exchange, answer, answer.status(), JSON, answer.body().toString());
    }

    private static void send(HttpExchange exchange, SimulatedResponse answer, int status, String type, String text)
            throws IOException {
        byte[] body = text.getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            sendHeaders(exchange, answer, status, type, body.length);
            exchange.getResponseBody().write(body);
        }
    }

    /** Announces the full body length, sends half of the body and closes the connection. */
    private static void truncate(HttpExchange exchange, SimulatedResponse answer) throws IOException {
        byte[] body = answer.body().toString().getBytes(StandardCharsets.UTF_8);
        try (exchange) {
            sendHeaders(exchange, answer, answer.status(), JSON, body.length);
            exchange.getResponseBody().write(body, 0, body.length / 2);
            exchange.getResponseBody().flush();
        }
    }

    private static void sendHeaders(
            HttpExchange exchange, SimulatedResponse answer, int status, String type, int length) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        answer.headers().forEach(exchange.getResponseHeaders()::set);
        exchange.sendResponseHeaders(status, length == 0 ? -1 : length);
    }
}
