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

/** Controls on the live page during a run, and their effects. */
class ControlTests extends ScenarioTest {

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
    void pauseResumeAndStopByThePageAreApplied() throws IOException {
        var scenario = scenario(4).job("limits.concurrent", "1").speed(5_000).server("erp-db-01", "duration: 9000h");
        var running = startRun(
                scenario, "a server is started", cloud -> cloud.starts().size() == 1);

        submit("PAUSE", null, "");
        int startedBefore = scenario.cloud().starts().size();
        await("copies in progress end")
                .until(() -> snapshot().at("/counts/stages/REPLICATING").asInt(1)
                                + snapshot().at("/counts/stages/STARTED").asInt(1)
                        == 0);
        int launched = scenario.cloud().launches().size();
        await().pollDelay(Duration.ofMillis(500)).until(() -> true);
        assertThat(scenario.cloud().starts()).hasSize(startedBefore);
        assertThat(scenario.cloud().launches()).hasSize(launched);
        await().until(() -> !snapshot().at("/run/paused_at").isNull());
        scenario.command("control", run, "launch", "--row", "1", "--yes")
                .exits(3)
                .prints("does not wait for a manual launch");
        scenario.command("control", run, "launch").exits(2).prints("Missing server for 'launch'");
        assertThat(scenario.command("status", "last").out()).contains("paused since");

        assertThat(scenario.command("control", run, "resume").exits(0).out())
                .contains("started and targets are launched again");
        scenario.until("another one is started", cloud -> cloud.starts().size() == startedBefore + 1);
        submit("STOP", null, "");

        var result = running.join().exits(5);
        scenario.command("control", run, "pause").exits(3).prints("No process works on run");
        assertThat(result.outcomes().get("MIGRATED")).isBetween(startedBefore, 3);
        assertThat(result.outcomes()).containsKey("STOPPED");
        assertThat(events("CONTROL"))
                .extracting(event -> event.path("before").asString())
                .containsExactly("PAUSE", "RESUME", "STOP");
        assertThat(events("CONTROL").get(0).path("detail").asString())
                .matches("asked by .+@.+, dashboard, 127\\.0\\.0\\.1 at 20.*");
        scenario.cloud().assertNoDuplicates();
    }

    @Test
    void failedRowsAreRetriedAndSlowServerIsSkipped() throws IOException {
        var scenario = scenario(4)
                .server("erp-app-01", "fail-times: 2, fail-code: SMS.0515")
                .server("erp-app-03", "fail-times: 1, fail-code: SMS.0515")
                .server("erp-app-02", "duration: 900h")
                .job("retry.restarts", "0");
        var running =
                startRun(scenario, "all are started", cloud -> cloud.starts().size() == 4);
        int failed = row("erp-app-01");
        await().until(() -> snapshot().at("/counts/outcomes/FAILED").asInt(0) == 2);
        assertThat(server(failed).path("can").toString()).isEqualTo("[\"retry\",\"skip\"]");
        assertThat(answer("LAUNCH", failed, "LAUNCH erp-app-01")).isEqualTo(409);

        submit("RETRY_ALL", null, "");
        await().until(() -> snapshot().at("/counts/outcomes/MIGRATED").asInt(0) == 2);
        await().until(() -> server(failed).path("outcome").asString().equals("FAILED"));
        submit("RETRY", failed, "");
        await().until(() -> server(failed).path("outcome").asString().equals("MIGRATED"));

        int slow = row("erp-app-02");
        assertThat(answer("SKIP", slow, "")).isEqualTo(400);
        submit("SKIP", slow, "SKIP erp-app-02");
        var result = running.join().exits(0);

        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 3), entry("SKIPPED", 1));
        assertThat(result.report().get("erp-app-01")).containsEntry("attempts", "3");
        assertThat(result.report().get("erp-app-02").get("reason"))
                .startsWith("skipped by ")
                .contains("migrations already running in the cloud continue");
        assertThat(stages(failed)).containsSubsequence("CLOSED", "PLANNED", "TASK_READY", "STARTED", "CLOSED");
        assertThat(scenario.cloud().creates().values()).allMatch(times -> times == 1);
        assertThat(answer("RETRY_ALL", null, "")).isEqualTo(409);
        assertThat(counts(snapshot().at("/counts/outcomes"))).isEqualTo(result.outcomes());
        assertThat(counts(scenario.command("status", run, "--json").json().path("outcome")))
                .isEqualTo(result.outcomes());
        scenario.command("verify", result.runId()).exits(0);
    }

    @Test
    void serverInSyncIsLaunchedByAControl() throws IOException {
        var scenario = scenario(2).job("cutover.when", "manual").server("erp-app-02", "duration: 900h");
        var running = startRun(scenario, "one is there", cloud -> cloud.starts().size() == 2);
        int synced = row("erp-app-01");
        await().until(() -> server(synced).path("outcome").asString().equals("SYNCED"));
        assertThat(answer("LAUNCH", synced, "launch")).isEqualTo(400);

        submit("LAUNCH", synced, "LAUNCH erp-app-01");

        await().until(() -> server(synced).path("outcome").asString().equals("MIGRATED"));
        assertThat(scenario.cloud().launches()).containsExactly(entry("erp-app-01", 1));
        assertThat(stages(synced)).containsSubsequence("CLOSED", "SYNCING", "LAUNCHING", "CLOSED");
        submit("STOP", null, "");
        running.join().exits(5);
    }

    /** Runs the job in the background and opens its page. */
    private CompletableFuture<CommandResult> startRun(
            Scenario scenario, String what, java.util.function.Predicate<ServiceProbe> condition) throws IOException {
        var running = scenario.startRun();
        scenario.until(what, condition);
        page = new OpenPage(scenario.data());
        browser = new Browser(page.address()).openSession();
        run = browser.read("/api/runs").at("/runs/0/run_id").asString();
        return running;
    }

    /** Submits a control as the page does, with retries after concurrent changes, and waits until the run has handled it. */
    private void submit(String action, @Nullable Integer row, String confirm) {
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
