package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import dev.smsrunner.cli.OpenPage;
import dev.smsrunner.dashboard.Browser;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What a person asks for on the live page while a run goes on, and what becomes of it. */
class ControlTests extends Story {

    private @Nullable OpenPage page;
    private @Nullable Browser browser;
    private String run = "";

    @AfterEach
    void closePage() {
        if (page != null) {
            page.close();
        }
    }

    @Test
    void pausedRunsBeginNothingNewUntilTheyAreResumedAndAreStoppedByThePage() throws IOException {
        var night = night(4).job("limits.concurrent", "1").speed(5_000).server("erp-db-01", "duration: 9000h");
        var running =
                begins(night, "a server is started", cloud -> cloud.starts().size() == 1);

        asked("PAUSE", null, "");
        int begun = night.cloud().starts().size();
        await("what is under way is copied to its end")
                .until(() -> snapshot().at("/counts/stages/REPLICATING").asInt(1)
                                + snapshot().at("/counts/stages/STARTED").asInt(1)
                        == 0);
        int launched = night.cloud().launches().size();
        await().pollDelay(Duration.ofMillis(500)).until(() -> true);
        assertThat(night.cloud().starts()).hasSize(begun);
        assertThat(night.cloud().launches()).hasSize(launched);
        await().until(() -> !snapshot().at("/run/paused_at").isNull());
        night.command("control", run, "launch", "--row", "1", "--yes")
                .exits(3)
                .says("does not wait for a manual launch");
        night.command("control", run, "launch").exits(2).says("Missing server for 'launch'");
        assertThat(night.command("status", "last").out()).contains("paused since");

        assertThat(night.command("control", run, "resume").exits(0).out())
                .contains("started and targets are launched again");
        night.until("another one is started", cloud -> cloud.starts().size() == begun + 1);
        asked("STOP", null, "");

        var told = running.join().exits(5);
        night.command("control", run, "pause").exits(3).says("No process works on run");
        assertThat(told.outcomes().get("MIGRATED")).isBetween(begun, 3);
        assertThat(told.outcomes()).containsKey("STOPPED");
        assertThat(events("CONTROL"))
                .extracting(event -> event.path("before").asString())
                .containsExactly("PAUSE", "RESUME", "STOP");
        assertThat(events("CONTROL").get(0).path("detail").asString())
                .contains("asked by " + System.getProperty("user.name") + ", dashboard, 127.0.0.1 at 20");
        night.cloud().sawNothingTwice();
    }

    @Test
    void whatFailedIsTriedAgainAndASlowServerIsLeftAlone() throws IOException {
        var night = night(4).server("erp-app-01", "fail-times: 2, fail-code: SMS.0515")
                .server("erp-app-03", "fail-times: 1, fail-code: SMS.0515")
                .server("erp-app-02", "duration: 900h")
                .job("retry.restarts", "0");
        var running = begins(night, "all are started", cloud -> cloud.starts().size() == 4);
        int failed = row("erp-app-01");
        await().until(() -> snapshot().at("/counts/outcomes/FAILED").asInt(0) == 2);
        assertThat(server(failed).path("can").toString()).isEqualTo("[\"retry\",\"skip\"]");
        assertThat(answer("LAUNCH", failed, "LAUNCH erp-app-01")).isEqualTo(409);

        asked("RETRY_ALL", null, "");
        await().until(() -> snapshot().at("/counts/outcomes/MIGRATED").asInt(0) == 2);
        await().until(() -> server(failed).path("outcome").asString().equals("FAILED"));
        asked("RETRY", failed, "");
        await().until(() -> server(failed).path("outcome").asString().equals("MIGRATED"));

        int slow = row("erp-app-02");
        assertThat(answer("SKIP", slow, "")).isEqualTo(400);
        asked("SKIP", slow, "SKIP erp-app-02");
        var told = running.join().exits(0);

        assertThat(told.outcomes()).containsExactly(entry("MIGRATED", 3), entry("SKIPPED", 1));
        assertThat(told.report().get("erp-app-01")).containsEntry("attempts", "3");
        assertThat(told.report().get("erp-app-02").get("reason"))
                .startsWith("skipped by ")
                .contains("migrations already running in the cloud continue");
        assertThat(stages(failed)).containsSubsequence("CLOSED", "PLANNED", "TASK_READY", "STARTED", "CLOSED");
        assertThat(night.cloud().creates().values()).allMatch(times -> times == 1);
        assertThat(answer("RETRY_ALL", null, "")).isEqualTo(409);
        assertThat(counts(snapshot().at("/counts/outcomes"))).isEqualTo(told.outcomes());
        assertThat(counts(night.command("status", run, "--json").json().path("outcome")))
                .isEqualTo(told.outcomes());
        night.command("verify", told.runId()).exits(0);
    }

    @Test
    void aServerThatWaitsForAPersonIsLaunchedByOne() throws IOException {
        var night = night(2).job("cutover.when", "manual").server("erp-app-02", "duration: 900h");
        var running = begins(night, "one is there", cloud -> cloud.starts().size() == 2);
        int synced = row("erp-app-01");
        await().until(() -> server(synced).path("outcome").asString().equals("SYNCED"));
        assertThat(answer("LAUNCH", synced, "launch")).isEqualTo(400);

        asked("LAUNCH", synced, "LAUNCH erp-app-01");

        await().until(() -> server(synced).path("outcome").asString().equals("MIGRATED"));
        assertThat(night.cloud().launches()).containsExactly(entry("erp-app-01", 1));
        assertThat(stages(synced)).containsSubsequence("CLOSED", "SYNCING", "LAUNCHING", "CLOSED");
        asked("STOP", null, "");
        running.join().exits(5);
    }

    /** Runs the job beside the story and opens the page of it. */
    private CompletableFuture<CommandResult> begins(
            Scenario night, String what, java.util.function.Predicate<ServiceProbe> seen) throws IOException {
        var running = night.running();
        night.until(what, seen);
        page = new OpenPage(night.data());
        browser = new Browser(page.address()).openSession();
        run = browser.read("/api/runs").at("/runs/0/run_id").asString();
        return running;
    }

    /** Asks as the page does, which looks again when something has just changed, and waits until the driver has done it. */
    private void asked(String action, @Nullable Integer row, String confirm) {
        await().pollInterval(Duration.ofMillis(300)).until(() -> answer(action, row, confirm) == 202);
        await().until(() -> !controls().at("/controls/0/state").asString().equals("ASKED"));
        var control = controls().at("/controls/0");
        assertThat(control.path("action").asString()).isEqualTo(action);
        assertThat(control.path("state").asString()).as(control.toString()).isEqualTo("DONE");
    }

    private int answer(String action, @Nullable Integer row, String confirm) {
        return browser.postControl(run, action, row, confirm).statusCode();
    }

    private JsonNode controls() {
        return browser.read("/api/runs/" + run + "/controls");
    }

    private JsonNode snapshot() {
        return browser.read("/api/runs/" + run);
    }

    private JsonNode server(int row) {
        return browser.read("/api/runs/" + run + "/servers/" + row).path("server");
    }

    private int row(String name) {
        return all(browser.read("/api/runs/" + run + "/servers").path("servers")).stream()
                .filter(server -> server.get(2).asString().equals(name))
                .mapToInt(server -> server.get(0).asInt())
                .findFirst()
                .orElseThrow();
    }

    private List<String> stages(int row) {
        return all(browser.read("/api/runs/" + run + "/servers/" + row).path("events")).stream()
                .filter(event -> event.path("kind").asString().equals("STAGE"))
                .map(event -> event.path("after").asString())
                .toList();
    }

    private List<JsonNode> events(String kind) throws IOException {
        var report = browser.read("/api/runs").at("/runs/0/report_directory").asString();
        var file = java.nio.file.Path.of(report).resolve("report.json");
        var json = tools.jackson.databind.json.JsonMapper.builder().build().readTree(Files.readString(file));
        return all(json.path("events")).stream()
                .filter(event -> event.path("kind").asString().equals(kind))
                .toList();
    }

    private static Map<String, Integer> counts(JsonNode outcomes) {
        var counts = new TreeMap<String, Integer>();
        outcomes.properties().stream()
                .filter(outcome -> outcome.getValue().asInt() > 0)
                .forEach(outcome ->
                        counts.put(outcome.getKey(), outcome.getValue().asInt()));
        return counts;
    }

    private static List<JsonNode> all(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).toList();
    }
}
