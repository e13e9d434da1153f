package dev.smsrunner.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.smsrunner.ledger.ApiSample;
import dev.smsrunner.ledger.Control;
import dev.smsrunner.ledger.ControlAction;
import dev.smsrunner.ledger.EventDraft;
import dev.smsrunner.ledger.EventKind;
import dev.smsrunner.ledger.Failure;
import dev.smsrunner.ledger.LedgerRow;
import dev.smsrunner.ledger.LedgerWrite;
import dev.smsrunner.ledger.ObservedState;
import dev.smsrunner.ledger.Outcome;
import dev.smsrunner.ledger.RunState;
import dev.smsrunner.ledger.Runs;
import dev.smsrunner.ledger.Stage;
import dev.smsrunner.support.TestLedger;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** The JSON data of the live page against the ledger. */
class PageDataTests {

    private LivePageFixture shown;
    private Browser browser;
    private String run;

    @BeforeEach
    void open(@TempDir Path directory) throws IOException {
        shown = new LivePageFixture(directory);
        shown.ledger().plan(6);
        browser = shown.browser().openSession();
        run = "/api/runs/" + shown.ledger().runId();
    }

    @AfterEach
    void close() {
        shown.close();
    }

    @Test
    void unreadableOtherRunDoesNotAffectTheShownRun() {
        var sql = new JdbcTemplate(shown.ledger().database().source());
        new Runs(shown.ledger().database().source(), shown.clock())
                .add(TestLedger.run("20261121-2300-0001", shown.clock().instant()), TestLedger.OPERATOR, 1);
        sql.update("update run set settings = 'unreadable' where run_id = '20261121-2300-0001'");
        close(1, Outcome.MIGRATED, null);
        shown.expireView();

        assertThat(browser.read(run).at("/counts/outcomes/MIGRATED").asInt()).isEqualTo(1);
    }

    @Test
    void runAndServersMatchTheLedger() {
        close(1, Outcome.MIGRATED, null);
        close(2, Outcome.FAILED, new Failure("SMS.0515", "<script>alert(1)</script>", "TARGET", "Delete it.", "req-1"));
        shown.ledger()
                .ledger()
                .addApiSample(
                        shown.ledger().owner(), new ApiSample(shown.clock().instant(), 10, 25, 2, 8.0));
        shown.expireView();

        var snapshot = browser.read(run);

        assertThat(snapshot.at("/run/state").asString()).isEqualTo("RUNNING");
        assertThat(snapshot.at("/run/holder").toString())
                .isEqualTo("{\"host\":\"ops-1\",\"pid\":4711,\"since\":\"" + LivePageFixture.SINCE + "\"}");
        assertThat(snapshot.at("/counts/outcomes").toString()).isEqualTo("{\"MIGRATED\":1,\"FAILED\":1,\"WAITING\":4}");
        assertThat(snapshot.at("/counts/stages/PLANNED").asInt()).isEqualTo(4);
        assertThat(snapshot.at("/waves/0/open").asInt()).isEqualTo(4);
        assertThat(snapshot.at("/api").toString())
                .isEqualTo("{\"calls\":25,\"per_second\":2.5,\"limit\":8.0,\"throttled\":2}");
        assertThat(snapshot.at("/causes/0/rows").toString()).isEqualTo("[2]");
        assertThat(snapshot.at("/causes/0/recommended_action").asString()).isEqualTo("Delete it.");
        assertThat(snapshot.at("/can").toString())
                .isEqualTo("{\"stop\":true,\"pause\":true,\"resume\":false,\"retry_all\":true}");

        var servers = browser.read(run + "/servers");
        assertThat(servers.path("columns")).hasSameSizeAs(servers.at("/servers/0"));
        assertThat(servers.path("servers")).hasSize(6);
        var second = browser.read(run + "/servers/2");
        assertThat(second.at("/server/error_text").asString()).isEqualTo("<script>alert(1)</script>");
        assertThat(second.at("/server/can").toString()).isEqualTo("[\"retry\",\"skip\"]");
        assertThat(second.at("/events/0/after").asString()).isEqualTo("CLOSED");
        assertThat(browser.read(run + "/servers/3").at("/server/can").toString())
                .isEqualTo("[\"skip\"]");
        assertThat(browser.get(run + "/servers/7").statusCode()).isEqualTo(404);
    }

    @Test
    void historyCountsStagesOverTime() {
        shown.clock().pass(Duration.ofMinutes(10));
        stage(1, Stage.STARTED);
        shown.clock().pass(Duration.ofMinutes(10));
        close(1, Outcome.MIGRATED, null);
        close(2, Outcome.FAILED, null);
        shown.clock().pass(Duration.ofMinutes(10));
        shown.expireView();

        var history = browser.read(run + "/history?points=6"); // at 5, 10, ... 30 minutes

        assertThat(history.path("at")).hasSize(6);
        assertThat(history.at("/stages/PLANNED").toString()).isEqualTo("[6,5,5,4,4,4]");
        assertThat(history.at("/stages/STARTED").toString()).isEqualTo("[0,1,1,0,0,0]");
        assertThat(history.at("/stages/CLOSED_OK").toString()).isEqualTo("[0,0,0,1,1,1]");
        assertThat(history.at("/stages/CLOSED_BAD").toString()).isEqualTo("[0,0,0,1,1,1]");
    }

    @Test
    void estimateExtrapolatesFromEndedServers() {
        for (int row = 1; row <= 6; row++) {
            stage(row, Stage.STARTED);
        }
        shown.clock().pass(Duration.ofMinutes(30));
        IntStream.rangeClosed(1, 2).forEach(row -> close(row, Outcome.MIGRATED, null));
        shown.expireView();
        assertThat(browser.read(run).at("/estimate/ends_at").isNull()).isTrue();

        close(3, Outcome.MIGRATED, null);
        shown.expireView();

        var estimate = browser.read(run).path("estimate");
        assertThat(estimate.path("ends_at").asString())
                .isEqualTo(shown.clock().instant().plus(Duration.ofMinutes(30)).toString());
        assertThat(estimate.path("basis").asString()).isEqualTo("3 ended in 30 m");
    }

    @Test
    void streamSendsChangesAndTheEnd() throws IOException {
        long event = browser.read(run + "/servers").path("event").asLong();
        try (var lines = new BufferedReader(
                new InputStreamReader(browser.stream(run + "/stream?after=" + event), StandardCharsets.UTF_8))) {
            var first = next(lines);
            assertThat(first.at("/snapshot/counts/open").asInt()).isEqualTo(6);

            close(4, Outcome.MIGRATED, null);
            shown.expireView();
            var second = next(lines);
            assertThat(numbers(second.path("servers"))).containsExactly(4);
            assertThat(second.at("/snapshot/counts/open").asInt()).isEqualTo(5);
            assertThat(second.path("event").asLong()).isGreaterThan(event);

            new Runs(shown.ledger().database().source(), shown.clock())
                    .end(shown.ledger().owner(), RunState.STOPPED);
            shown.expireView();
            var last = lines.lines().toList();
            assertThat(last).contains("event: end", "data: {\"state\":\"STOPPED\"}");
        }
    }

    @Test
    void reconnectedStreamSendsMissedChanges() throws IOException {
        long event = browser.read(run + "/servers").path("event").asLong();
        close(5, Outcome.MIGRATED, null);
        shown.expireView();
        browser.read(run);

        try (var lines = new BufferedReader(
                new InputStreamReader(browser.stream(run + "/stream?after=" + event), StandardCharsets.UTF_8))) {
            assertThat(numbers(next(lines).path("servers"))).contains(5);
        }
    }

    @Test
    void controlIsRecordedOnceAndNotCarriedOut() {
        close(2, Outcome.FAILED, null);
        shown.expireView();
        long version = browser.read(run).path("version").asLong();

        var first = browser.postControl(id(), "RETRY", 2, "", version);
        assertThat(first.statusCode()).isEqualTo(202);
        assertThat(browser.postControl(id(), "RETRY", 2, "", version).statusCode())
                .isEqualTo(409);

        var pending = shown.controls().findPending(id());
        assertThat(pending).hasSize(1);
        assertThat(pending.get(0).action()).isEqualTo(ControlAction.RETRY);
        assertThat(pending.get(0).requestedBy()).isEqualTo("ops@ops-1, dashboard, 127.0.0.1");
        assertThat(shown.ledger().row(2).outcome()).isEqualTo(Outcome.FAILED);

        shown.ledger()
                .ledger()
                .answerControl(shown.ledger().owner(), pending.get(0), Control.State.DONE, "done", List.of());
        shown.expireView();
        assertThat(browser.postControl(id(), "RETRY", 2, "", version).statusCode())
                .as("replay of a control that was carried out")
                .isEqualTo(409);
        var control = browser.read(run + "/controls").at("/controls/0");
        assertThat(control.path("state").asString()).isEqualTo("DONE");
        assertThat(control.path("server_name").asString()).isEqualTo("server-2");
    }

    @Test
    void controlWithAnOutdatedVersionIsRefused() {
        long version = browser.read(run).path("version").asLong();
        stage(3, Stage.STARTED);
        shown.expireView();

        assertThat(browser.postControl(id(), "SKIP", 3, "", version).statusCode())
                .isEqualTo(409);
        assertThat(browser.postControl(id(), "SKIP", 4, "", version + 1_000).statusCode())
                .isEqualTo(409);
        assertThat(browser.postControl(id(), "SKIP", 4, "", -1).statusCode()).isEqualTo(409);
        shown.expireView();
        assertThat(browser.postControl(id(), "SKIP", 3, "").statusCode())
                .as("under way, not confirmed")
                .isEqualTo(400);
        assertThat(browser.postControl(id(), "SKIP", 3, "SKIP server-4").statusCode())
                .isEqualTo(400);
        assertThat(shown.controls().findPending(id())).isEmpty();
        assertThat(browser.postControl(id(), "SKIP", 3, "SKIP server-3").statusCode())
                .isEqualTo(202);
        assertThat(shown.controls().findPending(id()).get(0).action()).isEqualTo(ControlAction.SKIP_RUNNING);
    }

    @Test
    void latestProgressIsShownBeforeItIsWritten() {
        stage(1, Stage.TASK_READY);
        stage(1, Stage.STARTED);
        stage(2, Stage.TASK_READY);
        assertThat(progress(1)).isEmpty();
        var first = observed(1, "1 of 100 bytes");

        shown.progress().update(List.of(first));
        shown.expireView();

        assertThat(progress(1)).isEqualTo("1 of 100 bytes");
        assertThat(shown.ledger().row(1).observed().progress()).isNull();

        shown.clock().pass(Duration.ofMinutes(5));
        var later = observed(1, "7 of 100 bytes");
        var other = shown.ledger().row(2);
        var event = EventDraft.ofRow(other, EventKind.ATTENTION, null, "look", null);
        shown.ledger()
                .ledger()
                .writeProgress(
                        shown.ledger().owner(),
                        List.of(LedgerWrite.of(other.withAttention("look"), List.of(event))),
                        List.of(later));
        shown.expireView();

        assertThat(progress(1)).isEqualTo("7 of 100 bytes");
        assertThat(shown.ledger().events()).noneMatch(one -> one.kind() == EventKind.WRITE);
    }

    private LedgerRow observed(int number, String progress) {
        return shown.ledger()
                .row(number)
                .withObserved(new ObservedState(
                        null, null, null, null, progress, shown.clock().instant(), null));
    }

    private String progress(int number) {
        return browser.read(run + "/servers/" + number).at("/server/progress").asString("");
    }

    @Test
    void runWithoutAProcessRefusesControls() {
        shown.releaseLease();

        var snapshot = browser.read(run);
        assertThat(snapshot.at("/run/state").asString()).isEqualTo("INTERRUPTED");
        assertThat(snapshot.path("controls_allowed").asBoolean()).isFalse();
        assertThat(snapshot.at("/run/next").asString()).isEqualTo("bin/sms-runner resume " + id() + " --data here");
        for (var action : List.of("STOP", "PAUSE", "RESUME", "RETRY_ALL")) {
            assertThat(browser.postControl(id(), action, null, "").statusCode()).isEqualTo(409);
        }
        assertThat(shown.controls().findLatest(id(), 9)).isEmpty();
    }

    @Test
    void invalidControlIsRefused() {
        long version = browser.read(run).path("version").asLong();

        assertThat(browser.postControl(id(), "EXPLODE", null, "", version).statusCode())
                .isEqualTo(400);
        assertThat(browser.postControl(id(), "SKIP_RUNNING", 1, "", version).statusCode())
                .isEqualTo(400);
        assertThat(browser.postControl(id(), "STOP", 1, "", version).statusCode())
                .isEqualTo(400);
        assertThat(browser.postControl(id(), "SKIP", null, "", version).statusCode())
                .isEqualTo(400);
        assertThat(browser.postControl(id(), "SKIP", 99, "", version).statusCode())
                .isEqualTo(404);
        assertThat(browser.postControl("20000101-0000-0000", "STOP", null, "", version)
                        .statusCode())
                .isEqualTo(404);
        assertThat(browser.get("/api/runs/x'--").statusCode()).isEqualTo(404);
    }

    private String id() {
        return shown.ledger().runId();
    }

    private void stage(int number, Stage to) {
        var row = shown.ledger().row(number);
        var event = EventDraft.ofRow(row, EventKind.STAGE, row.stage().name(), to.name(), null);
        write(LedgerWrite.of(row.withStage(to, shown.clock().instant()), List.of(event)));
    }

    private void close(int number, Outcome outcome, @org.jspecify.annotations.Nullable Failure failure) {
        LedgerRow row = shown.ledger().row(number);
        var event = EventDraft.ofRow(row, EventKind.STAGE, row.stage().name(), "CLOSED", outcome + ": so");
        write(LedgerWrite.of(
                row.withFailure(failure).end(outcome, "so", shown.clock().instant()), List.of(event)));
    }

    private void write(LedgerWrite entry) {
        shown.ledger().ledger().write(shown.ledger().owner(), List.of(entry));
    }

    private static List<Integer> numbers(JsonNode servers) {
        return StreamSupport.stream(servers.spliterator(), false)
                .map(server -> server.get(0).asInt())
                .toList();
    }

    /** The data of the next change. */
    private static JsonNode next(BufferedReader lines) throws IOException {
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            if (line.startsWith("data: ")) {
                return PageJson.mapper().readTree(line.substring("data: ".length()));
            }
        }
        throw new AssertionError("the stream ended");
    }
}
