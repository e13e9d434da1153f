package dev.smsrunner.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Access rules of the live page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FrontHandlerTests {

    private LivePageFixture shown;
    private Browser browser;
    private String run;

    @BeforeAll
    void open(@TempDir Path directory) throws IOException {
        shown = new LivePageFixture(directory);
        shown.ledger().plan(3);
        browser = shown.browser().openSession();
        run = "/api/runs/" + shown.ledger().runId();
    }

    @AfterAll
    void close() {
        shown.close();
    }

    private List<String> routes() {
        return List.of("/", "/app.js", "/api/runs", run, run + "/servers", run + "/stream", "/nothing");
    }

    @Test
    void otherHostNameIsRefusedWithoutBodyOnEveryRoute() {
        int port = browser.port();
        var hosts = Stream.of(
                        "evil.example",
                        "evil.example:PORT",
                        "127.0.0.1",
                        "127.0.0.1:1",
                        "localhost",
                        "localhost:1",
                        "127.0.0.1.evil.example:PORT",
                        "localhost.evil.example:PORT",
                        "localhost.:PORT",
                        "127.0.0.2:PORT",
                        "0.0.0.0:PORT",
                        "[::]:PORT",
                        "[::1]",
                        "[::ffff:127.0.0.1]:PORT",
                        "10.0.0.1:PORT",
                        "",
                        "127.0.0.1:PORT.evil.example",
                        "evil.example@127.0.0.1:PORT",
                        "2130706433:PORT",
                        "0x7f.0.0.1:PORT",
                        "127.1:PORT")
                .map(host -> host.replace("PORT", "" + port))
                .toList();
        for (var host : hosts) {
            for (var route : routes()) {
                assertRefusedWithoutBody(
                        421,
                        "GET %s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\n\r\n".formatted(route, host, browser.cookie()));
            }
        }
        assertRefusedWithoutBody(421, "GET / HTTP/1.1\r\nConnection: close\r\n\r\n");
        assertRefusedWithoutBody(
                421, "GET / HTTP/1.1\r\nHost: %s\r\nHost: evil.example\r\n\r\n".formatted(browser.host()));
        assertRefusedWithoutBody(
                421, "GET http://evil.example/ HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(browser.host()));
    }

    @Test
    void otherSiteIsRefusedWithoutBody() {
        var origins = Stream.of(
                        "http://evil.example",
                        "null",
                        "https://127.0.0.1:PORT",
                        "http://127.0.0.1:1",
                        "http://127.0.0.1",
                        "http://localhost:PORT",
                        "http://127.0.0.1:PORT.evil.example",
                        "http://127.0.0.1:PORT/")
                .map(origin -> origin.replace("PORT", "" + browser.port()))
                .toList();
        for (var origin : origins) {
            for (var route : routes()) {
                assertRefusedWithoutBody(403, head("GET", route) + "Origin: %s\r\n\r\n".formatted(origin));
            }
            assertRefusedWithoutBody(403, postStop("Origin: " + origin + "\r\nX-Sms-Runner: 1\r\n"));
        }
        for (var site : List.of("cross-site", "same-site", "anything")) {
            assertRefusedWithoutBody(403, head("GET", "/api/runs") + "Sec-Fetch-Site: %s\r\n\r\n".formatted(site));
        }
        assertThat(shown.controls().findLatest(shown.ledger().runId(), 9)).isEmpty();
    }

    @Test
    void sameOriginRequestAndNavigationFromALinkAreAccepted() {
        assertThat(browser.raw(head("GET", "/api/runs") + "Sec-Fetch-Site: same-origin\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        assertThat(
                        browser.raw(
                                head("GET", "/")
                                        + "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: document\r\nConnection: close\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
        for (var host : List.of("localhost", "LOCALHOST", "[::1]")) {
            assertThat(browser.raw("GET /api/runs HTTP/1.1\r\nHost: %s:%d\r\nCookie: %s\r\nConnection: close\r\n\r\n"
                            .formatted(host, browser.port(), browser.cookie())))
                    .startsWith("HTTP/1.1 200");
        }
        assertRefusedWithoutBody(
                403,
                head("GET", "/")
                        + "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nSec-Fetch-Dest: iframe\r\n\r\n");
    }

    @Test
    void formOtherMethodOrMethodOverrideRecordsNoControl() {
        var origin = "Origin: " + browser.base() + "\r\n";

        assertRefusedWithoutBody(403, postStop(origin)); // a form cannot send the header
        assertRefusedWithoutBody(403, postStop("X-Sms-Runner: 1\r\n")); // the origin is unknown
        assertRefusedWithoutBody(403, postStop(origin + "X-Sms-Runner: 2\r\n"));
        for (var method : List.of("GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE")) {
            browser.send(browser.request(run + "/controls?action=STOP&_method=POST")
                    .header("X-HTTP-Method-Override", "POST")
                    .header("X-Sms-Runner", "1")
                    .header("Origin", browser.base())
                    .method(method, BodyPublishers.ofString("{\"action\":\"STOP\",\"version\":1}")));
        }
        var plain = browser.send(browser.request(run + "/controls")
                .header("Content-Type", "text/plain")
                .header("X-Sms-Runner", "1")
                .header("Origin", browser.base())
                .POST(BodyPublishers.ofString("{\"action\":\"STOP\",\"version\":1}")));

        assertThat(plain.statusCode()).isEqualTo(415);
        assertThat(browser.send(browser.request(run).method("PUT", BodyPublishers.noBody()))
                        .statusCode())
                .isEqualTo(405);
        assertThat(shown.controls().findLatest(shown.ledger().runId(), 9)).isEmpty();
    }

    @Test
    void requestWithoutCookieGetsNoData() {
        var stranger = shown.browser();
        for (var cookie : new @Nullable String[] {
            null,
            "sms_runner_%d=".formatted(browser.port()),
            "sms_runner_%d=%s".formatted(browser.port(), browser.token()),
            "sms_runner_1=%s".formatted(browser.cookie().replaceFirst(".*=", "")),
            browser.cookie() + "x"
        }) {
            stranger.cookie(cookie);
            for (var route : routes().subList(2, 6)) {
                var answer = stranger.get(route);
                assertThat(answer.statusCode()).as(route + " with " + cookie).isEqualTo(401);
                assertThat(answer.body()).isEqualTo("{\"error\":\"Open the address that the terminal printed.\"}");
            }
            assertThat(stranger.get(run + "/servers/1").statusCode()).isEqualTo(401);
            assertThat(stranger.post(run + "/controls", "{}").statusCode()).isEqualTo(401);
        }
    }

    @Test
    void tokenOpensASessionOnlyByPost() throws IOException {
        var stranger = shown.browser();

        assertThat(stranger.get("/session?token=" + browser.token()).statusCode())
                .isEqualTo(405);
        assertThat(stranger.openSession("").statusCode()).isEqualTo(401);
        assertThat(stranger.openSession(browser.token() + "x").statusCode()).isEqualTo(401);
        var answer = stranger.openSession(browser.token());

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .matches("sms_runner_\\d+=[A-Za-z0-9_-]{32}; HttpOnly; SameSite=Strict; Path=/");
        assertThat(browser.token()).hasSizeGreaterThanOrEqualTo(22); // 128 bits and more
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow()).doesNotContain(browser.token());
    }

    @Test
    void everyResponseHasSecurityHeaders() {
        for (var route : List.of("/", "/nothing", "/api/runs", run, run + "/controls")) {
            var headers = browser.get(route).headers();
            assertThat(headers.firstValue("Content-Security-Policy").orElseThrow())
                    .startsWith("default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'")
                    .contains("frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'")
                    .doesNotContain("unsafe", "http", "*", "data:");
            assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(headers.firstValue("X-Frame-Options")).contains("DENY");
            assertThat(headers.firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(headers.firstValue("Cache-Control")).contains("no-store");
            assertThat(headers.firstValue("Access-Control-Allow-Origin")).isEmpty();
        }
    }

    @Test
    void pathOutsideThePageIsNotFound() {
        for (var path : List.of(
                "/../application.properties",
                "/%2e%2e/logback.xml",
                "/..%2flogback.xml",
                "/vendor/../../logback.xml",
                "//etc/passwd",
                "/db/migration/V1__batch.sql",
                "/app.class")) {
            assertThat(browser.raw(head("GET", path) + "Connection: close\r\n\r\n"))
                    .as(path)
                    .startsWith("HTTP/1.1 40");
        }
    }

    @Test
    void longOrInvalidBodyIsRefused() {
        var answer = browser.post(run + "/controls", "{\"action\":\"" + "x".repeat(20_000) + "\"}");

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(browser.post(run + "/controls", "{").statusCode()).isEqualTo(400);
        assertThat(browser.post(run + "/controls", "[]").statusCode()).isEqualTo(400);
    }

    @Test
    void slowConnectionsBlockNeitherLedgerNorPage() throws IOException {
        var slow = new ArrayList<Socket>();
        try {
            for (int i = 0; i < 60; i++) {
                var socket = new Socket("127.0.0.1", browser.port());
                socket.getOutputStream().write("G".getBytes(StandardCharsets.US_ASCII));
                slow.add(socket);
            }

            assertThat(shown.ledger().plan(1)).hasSize(1);
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
        assertThat(browser.get(run).statusCode()).isEqualTo(200);
    }

    private String head(String method, String path) {
        return "%s %s HTTP/1.1\r\nHost: %s\r\nCookie: %s\r\n".formatted(method, path, browser.host(), browser.cookie());
    }

    private String postStop(String headers) {
        var body = "{\"action\":\"STOP\",\"row\":null,\"version\":0}";
        return head("POST", run + "/controls")
                + headers
                + "Content-Type: application/json\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body);
    }

    private void assertRefusedWithoutBody(int status, String request) {
        var answer = browser.raw(request);
        assertThat(answer).as(request).startsWith("HTTP/1.1 " + status);
        assertThat(answer.substring(answer.indexOf("\r\n\r\n") + 4)).as(request).isEmpty();
    }
}
