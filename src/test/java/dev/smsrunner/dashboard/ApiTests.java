package dev.smsrunner.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smsrunner.ledger.ControlAction;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The API for programs over HTTP. */
class ApiTests {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef-canary";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private LivePageFixture shown;
    private Browser client;
    private String run;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        shown = new LivePageFixture(directory, ProgramAccess.of(Map.of(ProgramAccess.VARIABLE, TOKEN + "\n")));
        shown.ledger().plan(3);
        client = shown.browser();
        run = "/api/v1/runs/" + shown.ledger().runId();
    }

    @AfterEach
    void close() {
        shown.close();
    }

    @Test
    void programReadsWhatThePageShows() {
        assertThat(read("/api/v1/runs").path("runs")).hasSize(1);
        assertThat(read(run).at("/counts/rows").asInt()).isEqualTo(3);
        assertThat(read(run + "/rows").path("rows"))
                .hasSize(3)
                .allSatisfy(row -> assertThat(row.has("server_name")).isTrue());
        assertThat(read(run + "/rows/2").at("/server/row").asInt()).isEqualTo(2);
        assertThat(read(run + "/obstacles").path("obstacles").get(0).has("kind"))
                .isTrue();
        assertThat(read(run + "/controls").path("controls")).isEmpty();
    }

    @Test
    void eventsAreReadInPages() {
        var first = read(run + "/events?limit=1");
        assertThat(first.path("events")).hasSize(1);

        var next = read(run + "/events?after=" + first.path("next").asLong());

        assertThat(next.path("events"))
                .allSatisfy(event -> assertThat(event.path("no").asLong())
                        .isGreaterThan(first.path("next").asLong()));
    }

    @Test
    void requestIsRecordedWithTheOperatorOfTheServer() {
        var answer = post("{\"action\":\"PAUSE\"}", "X-Actor", "scheduler 7");

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
        assertThat(shown.controls().findPending(shown.ledger().runId()))
                .singleElement()
                .satisfies(control -> {
                    assertThat(control.action()).isEqualTo(ControlAction.PAUSE);
                    assertThat(control.requestedBy()).endsWith(", API for scheduler 7");
                });
    }

    @Test
    void errorHasMessageAndRemedy() {
        assertThat(error(post("{\"action\":\"LAUNCH\",\"row\":99}"), 404)).startsWith("The run has no such row.");
        assertThat(error(post("no json"), 400)).isEqualTo("The body is not JSON.|Send one JSON object.");
        assertThat(error(post("{\"action\":\"PAUSE\"}", "X-Actor", "x".repeat(65)), 400))
                .startsWith("X-Actor is no name.");
        assertThat(error(get("/api/v1/runs/20000101-0000-none"), 404)).contains("|Read /api/v1/runs");
        assertThat(error(get("/api/v1/servers"), 404)).contains("|See docs/api.md");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Basic " + TOKEN, TOKEN, "Bearer " + TOKEN + "x"})
    void otherTokenIsRefused(String header) {
        var answer =
                client.send(client.request(run).header("Authorization", header).GET());

        assertThat(error(answer, 401)).contains("SMS_RUNNER_API_TOKEN").doesNotContain(TOKEN);
        assertThat(answer.headers().firstValue("WWW-Authenticate")).contains("Bearer");
    }

    @Test
    void wrongTokensAreThrottledAndTheRightOneIsNot() {
        HttpResponse<String> last = null;
        for (int attempt = 0; attempt < 8; attempt++) {
            last = client.send(
                    client.request(run).header("Authorization", "Bearer wrong").GET());
        }

        assertThat(last.statusCode()).isEqualTo(429);
        assertThat(get(run).statusCode()).isEqualTo(200);
    }

    @Test
    void tokenFromAnotherSiteInABrowserIsRefused() {
        var answer = client.send(client.request(run + "/controls")
                .header("Authorization", "Bearer " + TOKEN)
                .header("Origin", "http://evil.example")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"action\":\"PAUSE\"}")));

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(shown.controls().findPending(shown.ledger().runId())).isEmpty();
    }

    @Test
    void tokenOpensNoPage() {
        assertThat(get("/api/runs").statusCode()).isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "0123456789 0123456789 0123456789 01"})
    void weakTokenIsRefusedWithoutItsValue(String token) {
        assertThatThrownBy(() -> ProgramAccess.of(Map.of(ProgramAccess.VARIABLE, token)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 32 characters")
                .hasMessageContaining("openssl rand")
                .hasMessageNotContaining(token);
    }

    private JsonNode read(String path) {
        var answer = get(path);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return JSON.readTree(answer.body());
    }

    private HttpResponse<String> get(String path) {
        return client.send(
                client.request(path).header("Authorization", "Bearer " + TOKEN).GET());
    }

    private HttpResponse<String> post(String body, String... headers) {
        var request = client.request(run + "/controls")
                .header("Authorization", "Bearer " + TOKEN)
                .header("Content-Type", "application/json");
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.POST(BodyPublishers.ofString(body)));
    }

    /** Message and remedy of an error. */
    private static String error(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        var error = JSON.readTree(answer.body()).path("error");
        return error.path("message").asString() + "|" + error.path("do").asString();
    }
}
