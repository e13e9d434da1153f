package dev.smsrunner.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Faults in answers, and whether the call is executed despite them. */
class AnswerFaultTests {

    @TempDir
    private Path directory;

    private final ManualClock clock = new ManualClock();
    private Simulator simulator;
    private SimulatorClient caller;

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void closeBeforeDropsTheConnectionAndDoesNothing() throws IOException {
        start("operation: CreateTask, kind: close-before");
        assertThatIOException().isThrownBy(this::create);
        assertThat(simulator.audit().creates()).isEmpty();
        assertThat(simulator.audit().calls("CreateTask")).isEqualTo(1);
    }

    @Test
    void shortPageContinuesAfterItsLastElementAndCountIncludesHiddenElement() throws IOException {
        start("operation: ListServers, kind: short-page, elements: 2");
        assertThat(caller.servers("offset=0").path("source_servers")).hasSize(2);
        assertThat(caller.servers("offset=0").path("count").asInt())
                .isEqualTo(caller.servers("offset=2").path("count").asInt())
                .isGreaterThan(2);
        assertThat(caller.servers("offset=2").path("source_servers").get(0).path("id"))
                .isNotEqualTo(
                        caller.servers("offset=0").path("source_servers").get(0).path("id"));
        simulator.close();

        start("operation: ListServers, kind: hidden-element");
        assertThat(caller.servers("offset=0").path("source_servers"))
                .hasSize(caller.servers("offset=0").path("count").asInt() - 1);
    }

    @Test
    void closeAfterDropsTheConnectionAfterTheCreate() throws IOException {
        start("operation: CreateTask, kind: close-after");
        assertThatIOException().isThrownBy(this::create);
        assertThat(simulator.audit().creates()).hasSize(1);
        assertThat(firstServer().path("current_task").isNull()).isFalse();
    }

    @Test
    void statusBeforeSkipsTheCallAndStatusAfterExecutesIt() throws IOException {
        start("operation: CreateTask, kind: status-before, status: 504, times: 1");
        assertThat(create().status()).isEqualTo(504);
        assertThat(simulator.audit().creates()).isEmpty();
        assertThat(create().status()).isEqualTo(200);
        simulator.close();

        start("operation: CreateTask, kind: status-after, status: 502");
        SimulatorClient.Reply reply = create();
        assertThat(reply.status()).isEqualTo(502);
        assertThat(reply.code()).isEqualTo("APIG.0201");
        assertThat(simulator.audit().creates()).hasSize(1);
    }

    @Test
    void bodyIsTruncatedEmptyMalformedOrLoginPage() throws IOException {
        start("operation: CreateTask, kind: truncated");
        assertThatIOException().isThrownBy(this::create);
        assertThat(simulator.audit().creates()).hasSize(1);
        simulator.close();

        start("operation: CreateTask, kind: empty");
        assertThat(create().text()).isEmpty();
        simulator.close();

        start("operation: CreateTask, kind: malformed");
        assertThat(create().text()).isEqualTo("{\"id\": \"");
        simulator.close();

        start("operation: CreateTask, kind: html");
        SimulatorClient.Reply page = create();
        assertThat(page.response().headers().firstValue("Content-Type")).hasValue("text/html");
        assertThat(page.text()).startsWith("<html>");
        assertThat(simulator.audit().creates()).hasSize(1);
    }

    @Test
    void delayedAnswerIsComplete() throws IOException {
        start("operation: ListServers, kind: delay, delay: 50ms");
        assertThat(caller.servers("limit=1").path("count").asInt()).isEqualTo(12);
    }

    @Test
    void throttledAnswerHasRetryAfter() throws IOException {
        start("operation: '*', kind: throttled, retry-after: '7', times: 1");
        SimulatorClient.Reply reply = create();

        assertThat(reply.status()).isEqualTo(429);
        assertThat(reply.code()).isEqualTo("APIG.0308");
        assertThat(reply.response().headers().firstValue("Retry-After")).hasValue("7");
    }

    @Test
    void lateDeliveryExecutesAfterTheCallerGaveUp() throws IOException {
        start("operation: CreateTask, kind: late-delivery, delay: 30s");
        assertThatIOException().isThrownBy(this::create);
        assertThat(simulator.audit().creates()).isEmpty();

        clock.pass(Duration.ofSeconds(31));

        assertThat(firstServer().path("current_task").isNull()).isFalse();
        assertThat(simulator.audit().creates()).hasSize(1);
    }

    @Test
    void duplicateSourceAppearsTwiceOnThePage() throws IOException {
        start("operation: ListServers, kind: duplicate-source");
        assertThat(caller.servers("limit=5").path("source_servers")).hasSize(6);
    }

    @Test
    void actionSelectsCallAndFirstPerSourceLimitsTheFault() throws IOException {
        start("operation: start, kind: status-before, first-per-source: true");
        for (JsonNode server : caller.servers("limit=3").path("source_servers")) {
            String task = caller.create(server, false);
            assertThat(caller.act(task, "start").status()).isEqualTo(502);
            assertThat(caller.act(task, "start").status()).isEqualTo(200);
        }
    }

    @Test
    void probabilityIsApproximatedAndRepeatable() throws IOException {
        start("operation: ListServers, kind: status-before, probability: 0.2");
        String first = pattern();
        simulator.close();
        start("operation: ListServers, kind: status-before, probability: 0.2");

        assertThat(pattern()).isEqualTo(first);
        assertThat(first.chars().filter(c -> c == 'x').count()).isBetween(20L, 60L);
    }

    private String pattern() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            text.append(caller.get("/v3/sources?limit=1").status() == 200 ? '.' : 'x');
        }
        return text.toString();
    }

    private void start(String fault) throws IOException {
        simulator = FaultySimulator.start(directory, clock, "answers:\n- {" + fault + "}\n");
        caller = new SimulatorClient(simulator);
    }

    private JsonNode firstServer() {
        return caller.servers("limit=1").path("source_servers").get(0);
    }

    private SimulatorClient.Reply create() throws IOException {
        ServerGenerator.Member member =
                new ServerGenerator(7, clock.instant()).members(1).get(0);
        ObjectNode server = SimulatorJson.object().put("id", member.machine().id());
        server.put("os_type", member.machine().osType());
        server.putObject("init_target_server")
                .set("disks", DiskLayout.proposal(member.machine().disks()));
        ObjectNode body = caller.createBody(server, false, new ServerGenerator(7, clock.instant()).id("template", 0));
        return caller.exchange(caller.request("/v3/tasks").POST(HttpRequest.BodyPublishers.ofString(body.toString())));
    }
}
