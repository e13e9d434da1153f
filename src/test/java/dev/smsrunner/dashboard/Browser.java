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

/** What a browser does with the live page: it comes in with the address of the terminal and keeps the cookie. */
public final class Browser {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final String base;
    private final String token;
    private @Nullable String cookie;

    /** @param address as the terminal showed it, with the token */
    public Browser(String address) {
        this.base = address.substring(0, address.indexOf("/#"));
        this.token = address.substring(address.indexOf("/#") + 2);
    }

    /** Comes in. */
    public Browser enters() {
        var answer = enter(token);
        if (answer.statusCode() != 204) {
            throw new AssertionError("not let in: " + answer);
        }
        cookie = answer.headers().firstValue("Set-Cookie").orElseThrow().replaceFirst(";.*", "");
        return this;
    }

    HttpResponse<String> enter(String word) {
        return post("/session", "{\"token\":\"" + word + "\"}");
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

    /** Brings another cookie. */
    void cookie(@Nullable String other) {
        cookie = other;
    }

    /** The data under a path. */
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

    /** Asks for something as the page does, having just looked. */
    public HttpResponse<String> ask(String run, String action, @Nullable Integer row, String confirm) {
        long version = read("/api/runs/" + run).path("version").asLong();
        return ask(run, action, row, confirm, version);
    }

    HttpResponse<String> ask(String run, String action, @Nullable Integer row, String confirm, long version) {
        return post(
                "/api/runs/" + run + "/controls",
                "{\"action\":\"%s\",\"row\":%s,\"version\":%d,\"confirm\":\"%s\"}"
                        .formatted(action, row, version, confirm));
    }

    /** What is streamed from now on. */
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

    /** Sends bytes that no client of the JDK would send, and reads until the other side has said all. */
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
