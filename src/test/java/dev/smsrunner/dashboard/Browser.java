package dev.smsrunner.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** HTTP client of the live page: opens a session with the address of the terminal and keeps the cookie. */
public final class Browser {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final String token;
    private @Nullable String cookie;

    /** @param address from the terminal, with the token */
    public Browser(String address) {
        this.base = address.substring(0, address.indexOf("/#"));
        this.token = address.substring(address.indexOf("/#") + 2);
    }

    /** Opens a session. */
    public Browser openSession() {
        var answer = openSession(token);
        if (answer.statusCode() != 204) {
            throw new AssertionError("session refused: " + answer);
        }
        cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        return this;
    }

    HttpResponse<String> openSession(String text) {
        return post("/session", "{\"token\":\"" + text + "\"}");
    }

    String base() {
        return base;
    }

    String token() {
        return token;
    }

    String host() {
        return base.substring("http://".length());
    }

    int port() {
        return URI.create(base).getPort();
    }

    String cookie() {
        return String.valueOf(cookie);
    }

    /** Replaces the cookie. */
    void cookie(@Nullable String other) {
        cookie = other;
    }

    /** The JSON at a path. */
    public JsonNode read(String path) {
        var answer = get(path);
        if (answer.statusCode() != 200) {
            throw new AssertionError(path + ": " + answer.statusCode() + " " + answer.body());
        }
        return JSON.readTree(answer.body());
    }

    HttpResponse<String> get(String path) {
        return send(request(path).GET());
    }

    HttpResponse<String> post(String path, String body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .header("X-Sms-Runner", "1")
                .header("Origin", base)
                .POST(BodyPublishers.ofString(body)));
    }

    /** Posts a control as the page does, with the current version. */
    public HttpResponse<String> postControl(String run, String action, @Nullable Integer row, String confirm) {
        long version = read("/api/runs/" + run).path("version").asLong();
        return postControl(run, action, row, confirm, version);
    }

    HttpResponse<String> postControl(String run, String action, @Nullable Integer row, String confirm, long version) {
        return post(
                "/api/runs/" + run + "/controls",
                "{\"action\":\"%s\",\"row\":%s,\"version\":%d,\"confirm\":\"%s\"}"
                        .formatted(action, row, version, confirm));
    }

    /** Opens an event stream. */
    InputStream stream(String path) {
        try {
            return http.send(request(path).GET().build(), BodyHandlers.ofInputStream())
                    .body();
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(20));
        return cookie == null ? request : request.header("Cookie", cookie);
    }

    HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        } catch (InterruptedException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** Sends bytes that the JDK's client would refuse to send, and reads the whole response. */
    String raw(String text) {
        try (var socket = new Socket("127.0.0.1", port())) {
            socket.setSoTimeout(10_000);
            socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }
}
