package dev.smsrunner.cloud;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** HTTP server on loopback that answers by a script and records its requests. */
public final class StubService implements AutoCloseable {

    /** Request as received; header names in lower case. */
    public record RecordedRequest(String method, String target, Map<String, String> headers, String body) {}

    /** Answers one request. */
    @FunctionalInterface
    public interface Script {
        void answer(HttpExchange exchange, RecordedRequest request, int number) throws IOException;
    }

    static {
        System.setProperty("sun.net.httpserver.nodelay", "true"); // else each small answer waits for 40 ms
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();
    private volatile Script script = answer(200, "{}");

    public StubService() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public List<RecordedRequest> requests() {
        return requests;
    }

    public RecordedRequest only() {
        if (requests.size() != 1) {
            throw new AssertionError("received " + requests.size() + " requests (must be 1): " + requests);
        }
        return requests.get(0);
    }

    public StubService respondWith(int status, String body, String... headers) {
        script = answer(status, body, headers);
        return this;
    }

    public StubService respondWith(Script newScript) {
        script = newScript;
        return this;
    }

    public static Script answer(int status, String body, String... headers) {
        return (exchange, request, number) -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
            exchange.getResponseBody().write(bytes);
        };
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            Map<String, String> headers = new TreeMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            RecordedRequest request = new RecordedRequest(
                    exchange.getRequestMethod(), exchange.getRequestURI().toString(), headers, body);
            int number;
            synchronized (requests) {
                requests.add(request);
                number = requests.size();
            }
            script.answer(exchange, request, number);
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
