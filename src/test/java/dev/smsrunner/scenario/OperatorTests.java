package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.smsrunner.database.Database;
import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.ledger.Actor;
import dev.smsrunner.ledger.Control;
import dev.smsrunner.ledger.ControlAction;
import dev.smsrunner.ledger.ControlRequest;
import dev.smsrunner.ledger.Controls;
import dev.smsrunner.ledger.FencedRun;
import dev.smsrunner.ledger.Ledger;
import dev.smsrunner.ledger.Runs;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** Changes of the operator between two commands, and the limits of the commands. */
class OperatorTests extends ScenarioTest {

    private static final String NEXT_CENTURY = "{open: '2099-01-01T00:00Z', close: '2099-01-01T04:00Z'}";

    @Test
    void planShowsTheStepOfEachServerWithoutChanges() {
        var scenario = scenario(5)
                .server("erp-app-02", "leftover-task: READY")
                .server("erp-app-03", "leftover-task: RUNNING")
                .server("erp-db-01", "leftover-task: MIGRATE_SUCCESS")
                .server("erp-db-02", "disconnected: true");

        var plan = scenario.plan().exits(0).json();

        var steps = new TreeMap<String, String>();
        plan.path("rows")
                .forEach(row -> steps.put(
                        row.path("server_name").asString(), row.path("step").asString()));
        assertThat(steps)
                .containsEntry("erp-app-01", "CREATE")
                .containsEntry("erp-app-03", "ADOPT")
                .containsEntry("erp-db-01", "SKIP")
                .containsEntry("erp-db-02", "REJECT");
        assertThat(steps.get("erp-app-02")).isIn("UPDATE", "START");
        assertThat(scenario.cloud().changes()).isEmpty();
        assertThat(Files.exists(scenario.data())).isFalse();
    }

    @Test
    void runsShowTheCountsOfEachStep() {
        var scenario = scenario(4).server("erp-db-01", "disconnected: true");
        scenario.run().exits(1);

        var steps = scenario.command("runs", "--json").exits(0).json().path(0).path("steps");

        assertThat(steps.valueStream().map(OperatorTests::counts))
                .containsExactly(
                        "inventory COMPLETED 4 0 4 0",
                        "preflight COMPLETED 4 1 3 0",
                        "acceptance COMPLETED 0 0 0 0",
                        "tasks COMPLETED 3 0 3 0",
                        "reconcile COMPLETED 3 0 3 0",
                        "report COMPLETED 0 0 0 0");
    }

    private static String counts(JsonNode step) {
        return Stream.of("step", "status", "read", "filtered", "written", "skipped")
                .map(key -> step.path(key).asString())
                .collect(Collectors.joining(" "));
    }

    @Test
    void changedJobFileIsRefusedUntilAccepted() {
        var scenario = interruptedRun();
        scenario.jobWithout("cutover.window").job("retry.restarts", "5");

        scenario.run().exits(3).prints("job file has changed", "retry.restarts", "5", "--accept-changes");
        var result = scenario.run("--accept-changes").exits(0);

        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 3));
        assertThat(scenario.command("runs", "--json").exits(0).json().size()).isEqualTo(1);
        scenario.cloud().assertNoDuplicates();
    }

    @Test
    void changedInventoryIsRefusedWithTheDifference() {
        var scenario = interruptedRun().row("erp-app-02", "vm_template_id", "another-template");
        int changes = scenario.cloud().changes().size();

        scenario.run()
                .exits(3)
                .prints("inventory has changed", "erp-app-02", "vm_template_id", "'another-template'", "--new");
        scenario.run("--accept-changes").exits(3).prints("erp-app-02", "has started or ended");

        assertThat(scenario.cloud().changes()).hasSize(changes);
    }

    @Test
    void orderOfCopyingServersCanBeCorrected() {
        var scenario = interruptedRun()
                .jobWithout("cutover.window")
                .row("erp-app-02", "depends_on", "erp-app-03")
                .row("erp-app-03", "depends_on", "erp-app-02");
        scenario.run("--accept-changes").exits(2).prints("wait for each other in a cycle");

        var result = scenario.row("erp-app-03", "depends_on", "")
                .run("--accept-changes")
                .exits(0);

        assertThat(result.outcomes()).containsOnly(entry("MIGRATED", 3));
        assertThat(scenario.cloud().first("test", "erp-app-02"))
                .isGreaterThan(scenario.cloud().first("finish", "erp-app-03"));
        scenario.command("verify", "last").exits(0);
    }

    @Test
    void changedInventoryIsAcceptedForRowsNotStarted() {
        var scenario = scenario(4)
                .withoutRow("erp-db-01")
                .job("cutover.window", NEXT_CENTURY)
                .job("limits.concurrent", "1");
        var running = scenario.startRun();
        scenario.until(
                "one is started, all have a task",
                cloud -> cloud.creates().size() == 3 && cloud.starts().size() == 1);
        scenario.stop("last").exits(0);
        running.join().exits(5);
        var started = scenario.cloud().starts().keySet().iterator().next();
        scenario.jobWithout("cutover.window")
                .job("limits.concurrent", "4")
                .withoutRow("erp-app-03")
                .row("erp-app-02", "priority", "2")
                .row(started, "change_ticket", "CHG-2")
                .row("erp-db-01", "source_ip", "");

        var result = scenario.run("--accept-changes").exits(0);

        assertThat(result.outcomes()).containsOnly(entry("MIGRATED", 3), entry("SKIPPED", 1));
        assertThat(result.report().get("erp-app-03").get("reason"))
                .contains("dropped from the inventory", "left as it is");
        assertThat(result.report().get(started).get("change_ticket")).isEqualTo("CHG-2");
        assertThat(scenario.cloud().starts()).doesNotContainKey("erp-app-03");
        scenario.cloud().assertNoDuplicates();
        scenario.run().exits(0);
    }

    @Test
    void rerunOfAnUnfinishedRunTakesOverItsOpenRows() {
        var scenario = interruptedRun();
        var first = scenario.command("status", "last", "--json")
                .json()
                .path("run_id")
                .asString();

        var result = scenario.command("rerun", first, "--json", "--set", "cutover.window.open=2020-01-01T00:00Z")
                .exits(0);
        var other = result.runId();
        scenario.resume(first).exits(3).prints("was continued by run " + other);
        var status = scenario.command("status", first, "--json").json();

        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 3));
        scenario.cloud().assertNoDuplicates();
        assertThat(status.path("state").asString()).isEqualTo("FINISHED");
        assertThat(status.path("rows").path(0).path("reason").asString()).isEqualTo("continued by run " + other);
    }

    @Test
    void resumedStrictRunStaysStrict() {
        var scenario = scenario(2)
                .server("erp-app-01", "disconnected: true")
                .answers("operation: ListTasks, kind: throttled, retry-after: '900', times: 1");
        var running = scenario.startRun("--strict");
        scenario.until("preflight is held back", cloud -> cloud.calls("ListTasks") > 0);
        scenario.stop("last").exits(0);
        running.join().exits(5);

        var result = scenario.resume("last");

        assertThat(scenario.command("status", "last", "--json")
                        .json()
                        .path("strict")
                        .asBoolean())
                .isTrue();
        assertThat(result.outcomes()).containsEntry("REJECTED", 1);
        assertThat(scenario.cloud().changes()).isEmpty();
    }

    @Test
    void startedStrictRunContinuesWithARejectedNewRow() {
        var scenario = scenario(2).job("cutover.window", NEXT_CENTURY);
        var running = scenario.startRun("--strict");
        scenario.until("all are started", cloud -> cloud.starts().size() == 2);
        scenario.stop("last").exits(0);
        running.join().exits(5);
        scenario.jobWithout("cutover.window").row("ghost-01", "source_ip", "192.0.2.1");

        var result = scenario.run("--accept-changes");

        assertThat(result.outcomes()).containsOnly(entry("MIGRATED", 2), entry("REJECTED", 1));
        scenario.cloud().assertNoDuplicates();
    }

    @Test
    void newRunTakesOverTheTasksOfTheUnfinishedRun() {
        var scenario = interruptedRun().jobWithout("cutover.window");

        var result = scenario.run("--new").exits(0);

        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 3));
        assertThat(scenario.command("runs", "--json").exits(0).json().size()).isEqualTo(2);
        scenario.cloud().assertNoDuplicates();
    }

    @Test
    void secondRunIsRefusedWhileTheFirstIsRunning() {
        var scenario = scenario(3).job("cutover.window", NEXT_CENTURY);
        var running = scenario.startRun();
        scenario.until("it is at work", cloud -> cloud.creates().size() == 3);

        scenario.run().exits(3).prints("process " + ProcessHandle.current().pid(), "since");
        scenario.command("status", "last").exits(0);

        scenario.stop("last").exits(0);
        running.join().exits(5);
    }

    @Test
    @Timeout(120)
    void stopDoesNotWaitForRetryAfter() {
        var scenario = scenario(3).answers("operation: start, kind: throttled, retry-after: '900', times: 1");
        var running = scenario.startRun();
        scenario.until("it is held back", cloud -> cloud.calls("start") > 0);

        scenario.stop("last").exits(0);
        running.join().exits(5);
        var started = scenario.cloud().starts().keySet();
        var result = scenario.resume("last").exits(0);

        assertThat(started).hasSizeLessThan(3);
        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 3));
        scenario.cloud().assertNoDuplicates();
    }

    @Test
    void noSecretIsWritten() throws IOException {
        var scenario = scenario(3).server("erp-app-02", "fail-always: true, fail-code: SMS.6617");

        var result = scenario.run().exits(1);
        scenario.command("status", "last").exits(0);
        scenario.command("report", "last").exits(0);

        var secret = Scenario.SECRET_KEY;
        var shapes = new String[] {
            Scenario.ACCESS_KEY,
            secret,
            secret.replace("\"", "\\\""),
            URLEncoder.encode(secret, StandardCharsets.UTF_8),
            Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8))
        };
        assertThat(result.out() + result.err()).doesNotContain(shapes);
        scenario.assertNotInFiles(shapes);
    }

    @Test
    void requestToAnEarlierProcessIsRefusedAndAPauseIsReported() {
        var scenario = interruptedRun().jobWithout("cutover.window");
        try (var database = Database.open(scenario.data(), null, Map.of())) {
            var run = new Runs(database.source(), Clock.systemUTC())
                    .findAll()
                    .get(0)
                    .runId();
            var controls = new Controls(database.source(), Clock.systemUTC());
            var paused = controls.find(controls.submit(
                    run, ControlRequest.of(ControlAction.PAUSE, null, new Actor("somebody", "somebody"))));
            var token = new JdbcTemplate(database.source()).queryForObject("select token from run", Long.class);
            new Ledger(database.source(), Clock.systemUTC(), DatabaseRetry.upTo(Duration.ZERO))
                    .answerControl(
                            new FencedRun(run, token), paused.orElseThrow(), Control.State.DONE, "paused", List.of());
            controls.submit(run, ControlRequest.of(ControlAction.SKIP, 1, new Actor("somebody", "somebody")));
        }

        var running = scenario.startRun("--accept-changes");
        scenario.untilStatus("all wait for the pause", status -> status.split("\"kind\" : \"PAUSED\"", -1).length == 4);
        scenario.command("control", "last", "resume").exits(0);
        var result = running.join().exits(0).prints("Starts and launches are paused since", "resume' to continue them");

        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 3));
        try (var database = Database.open(scenario.data(), null, Map.of())) {
            assertThat(new JdbcTemplate(database.source())
                            .queryForObject(
                                    "select state || ': ' || answer from control where action = 'SKIP'", String.class))
                    .isEqualTo("REFUSED: requested from an earlier process, which has ended; request it again");
        }
    }

    /** A run stopped after the start of its servers. */
    private Scenario interruptedRun() {
        var scenario = scenario(3).job("cutover.window", NEXT_CENTURY);
        var running = scenario.startRun();
        scenario.until("all are started", cloud -> cloud.starts().size() == 3);
        scenario.stop("last").exits(0);
        running.join().exits(5);
        return scenario;
    }
}
