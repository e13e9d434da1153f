package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.smsrunner.database.Database;
import dev.smsrunner.database.DatabaseRetry;
import dev.smsrunner.ledger.Control;
import dev.smsrunner.ledger.ControlAction;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.jdbc.core.JdbcTemplate;

/** What an operator may change between two commands, and what the commands must not do. */
class OperatorTests extends Story {

    private static final String NEXT_CENTURY = "{open: '2099-01-01T00:00Z', close: '2099-01-01T04:00Z'}";

    @Test
    void aPlanSaysWhatWouldBeDoneForEachServerAndDoesNothing() {
        var night = night(5).server("erp-app-02", "leftover-task: READY")
                .server("erp-app-03", "leftover-task: RUNNING")
                .server("erp-db-01", "leftover-task: MIGRATE_SUCCESS")
                .server("erp-db-02", "disconnected: true");

        var plan = night.plan().exits(0).json();

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
        assertThat(night.cloud().changes()).isEmpty();
        assertThat(Files.exists(night.data())).isFalse();
    }

    @Test
    void aRunWhoseJobFileChangedIsRefusedUntilThatIsAccepted() {
        var night = interrupted();
        night.jobWithout("cutover.window").job("retry.restarts", "5");

        night.run().exits(3).says("job file has changed", "retry.restarts", "5", "--accept-changes");
        var told = night.run("--accept-changes").exits(0);

        assertThat(told.outcomes()).containsExactly(entry("MIGRATED", 3));
        assertThat(night.command("runs", "--json").exits(0).json().size()).isEqualTo(1);
        night.cloud().sawNothingTwice();
    }

    @Test
    void aRunWhoseInventoryChangedIsRefusedWithTheDifference() {
        var night = interrupted().row("erp-app-02", "vm_template_id", "another-template");
        int changes = night.cloud().changes().size();

        night.run()
                .exits(3)
                .says("inventory has changed", "erp-app-02", "vm_template_id", "'another-template'", "--new");
        night.run("--accept-changes").exits(3).says("erp-app-02", "has started or ended");

        assertThat(night.cloud().changes()).hasSize(changes);
    }

    @Test
    void theOrderOfServersThatCopyAlreadyIsCorrected() {
        var night = interrupted()
                .jobWithout("cutover.window")
                .row("erp-app-02", "depends_on", "erp-app-03")
                .row("erp-app-03", "depends_on", "erp-app-02");
        night.run("--accept-changes").exits(2).says("wait for each other in a cycle");

        var told = night.row("erp-app-03", "depends_on", "")
                .run("--accept-changes")
                .exits(0);

        assertThat(told.outcomes()).containsOnly(entry("MIGRATED", 3));
        assertThat(night.cloud().first("test", "erp-app-02"))
                .isGreaterThan(night.cloud().first("finish", "erp-app-03"));
        night.command("verify", "last").exits(0);
    }

    @Test
    void aChangedInventoryIsTakenOverWhereNothingWasStarted() {
        var night = night(4).withoutRow("erp-db-01")
                .job("cutover.window", NEXT_CENTURY)
                .job("limits.concurrent", "1");
        var running = night.running();
        night.until(
                "one is started, all have a task",
                cloud -> cloud.creates().size() == 3 && cloud.starts().size() == 1);
        night.stop("last").exits(0);
        running.join().exits(5);
        var begun = night.cloud().starts().keySet().iterator().next();
        night.jobWithout("cutover.window")
                .job("limits.concurrent", "4")
                .withoutRow("erp-app-03")
                .row("erp-app-02", "priority", "2")
                .row(begun, "change_ticket", "CHG-2")
                .row("erp-db-01", "source_ip", "");

        var told = night.run("--accept-changes").exits(0);

        assertThat(told.outcomes()).containsOnly(entry("MIGRATED", 3), entry("SKIPPED", 1));
        assertThat(told.report().get("erp-app-03").get("reason"))
                .contains("dropped from the inventory", "left as it is");
        assertThat(told.report().get(begun).get("change_ticket")).isEqualTo("CHG-2");
        assertThat(night.cloud().starts()).doesNotContainKey("erp-app-03");
        night.cloud().sawNothingTwice();
        night.run().exits(0);
    }

    @Test
    void aRerunOfAnUnfinishedRunTakesItsOpenRows() {
        var night = interrupted();
        var first =
                night.command("status", "last", "--json").json().path("run_id").asString();

        var told = night.command("rerun", first, "--json", "--set", "cutover.window.open=2020-01-01T00:00Z")
                .exits(0);
        var other = told.runId();
        night.resume(first).exits(3).says("was continued by run " + other);
        var status = night.command("status", first, "--json").json();

        assertThat(told.outcomes()).containsExactly(entry("MIGRATED", 3));
        night.cloud().sawNothingTwice();
        assertThat(status.path("state").asString()).isEqualTo("FINISHED");
        assertThat(status.path("rows").path(0).path("reason").asString()).isEqualTo("continued by run " + other);
    }

    @Test
    void aStrictRunStaysStrict() {
        var night = night(2).server("erp-app-01", "disconnected: true")
                .answers("operation: ListTasks, kind: throttled, retry-after: '900', times: 1");
        var running = night.running("--strict");
        night.until("preflight is held back", cloud -> cloud.calls("ListTasks") > 0);
        night.stop("last").exits(0);
        running.join().exits(5);

        var told = night.resume("last");

        assertThat(night.command("status", "last", "--json")
                        .json()
                        .path("strict")
                        .asBoolean())
                .isTrue();
        assertThat(told.outcomes()).containsEntry("REJECTED", 1);
        assertThat(night.cloud().changes()).isEmpty();
    }

    @Test
    void aStrictRunThatHasBegunGoesOnWhenAnAddedRowIsRejected() {
        var night = night(2).job("cutover.window", NEXT_CENTURY);
        var running = night.running("--strict");
        night.until("all are started", cloud -> cloud.starts().size() == 2);
        night.stop("last").exits(0);
        running.join().exits(5);
        night.jobWithout("cutover.window").row("ghost-01", "source_ip", "192.0.2.1");

        var told = night.run("--accept-changes");

        assertThat(told.outcomes()).containsOnly(entry("MIGRATED", 2), entry("REJECTED", 1));
        night.cloud().sawNothingTwice();
    }

    @Test
    void aNewRunTakesOverTheTasksOfTheUnfinishedOne() {
        var night = interrupted().jobWithout("cutover.window");

        var told = night.run("--new").exits(0);

        assertThat(told.outcomes()).containsExactly(entry("MIGRATED", 3));
        assertThat(night.command("runs", "--json").exits(0).json().size()).isEqualTo(2);
        night.cloud().sawNothingTwice();
    }

    @Test
    void whileOneRunLivesASecondIsRefused() {
        var night = night(3).job("cutover.window", NEXT_CENTURY);
        var running = night.running();
        night.until("it is at work", cloud -> cloud.creates().size() == 3);

        night.run().exits(3).says("process " + ProcessHandle.current().pid(), "since");
        night.command("status", "last").exits(0);

        night.stop("last").exits(0);
        running.join().exits(5);
    }

    @Test
    @Timeout(120)
    void aStopDoesNotSitOutAPauseThatTheServiceAskedFor() {
        var night = night(3).answers("operation: start, kind: throttled, retry-after: '900', times: 1");
        var running = night.running();
        night.until("it is held back", cloud -> cloud.calls("start") > 0);

        night.stop("last").exits(0);
        running.join().exits(5);
        var started = night.cloud().starts().keySet();
        var told = night.resume("last").exits(0);

        assertThat(started).hasSizeLessThan(3);
        assertThat(told.outcomes()).containsExactly(entry("MIGRATED", 3));
        night.cloud().sawNothingTwice();
    }

    @Test
    void noSecretIsLeftAnywhere() throws IOException {
        var night = night(3).server("erp-app-02", "fail-always: true, fail-code: SMS.6617");

        var told = night.run().exits(1);
        night.command("status", "last").exits(0);
        night.command("report", "last").exits(0);

        var secret = Scenario.SECRET_KEY;
        var shapes = new String[] {
            Scenario.ACCESS_KEY,
            secret,
            secret.replace("\"", "\\\""),
            URLEncoder.encode(secret, StandardCharsets.UTF_8),
            Base64.getEncoder().encodeToString(secret.getBytes(StandardCharsets.UTF_8))
        };
        assertThat(told.out() + told.err()).doesNotContain(shapes);
        night.leftNowhere(shapes);
    }

    @Test
    void whatWasAskedOfAnEarlierProcessIsRefusedAndAPauseIsCalledToMind() {
        var night = interrupted().jobWithout("cutover.window");
        try (var database = Database.open(night.data(), null, Map.of())) {
            var run = new Runs(database.source(), Clock.systemUTC())
                    .findAll()
                    .get(0)
                    .runId();
            var controls = new Controls(database.source(), Clock.systemUTC());
            var paused = controls.find(controls.submit(run, ControlAction.PAUSE, null, "somebody"));
            var token = new JdbcTemplate(database.source()).queryForObject("select token from run", Long.class);
            new Ledger(database.source(), Clock.systemUTC(), DatabaseRetry.upTo(Duration.ZERO))
                    .answerControl(
                            new FencedRun(run, token), paused.orElseThrow(), Control.State.DONE, "paused", List.of());
            controls.submit(run, ControlAction.SKIP, 1, "somebody");
        }

        var running = night.running("--accept-changes");
        night.untilStatus("all wait for the pause", status -> status.split("\"kind\" : \"PAUSED\"", -1).length == 4);
        night.command("control", "last", "resume").exits(0);
        var told = running.join().exits(0).says("Starts and launches are paused since", "resume' to continue them");

        assertThat(told.outcomes()).containsExactly(entry("MIGRATED", 3));
        try (var database = Database.open(night.data(), null, Map.of())) {
            assertThat(new JdbcTemplate(database.source())
                            .queryForObject(
                                    "select state || ': ' || answer from control where action = 'SKIP'", String.class))
                    .isEqualTo("REFUSED: requested from an earlier process, which has ended; request it again");
        }
    }

    /** A run that was stopped when its servers were started. */
    private Scenario interrupted() {
        var night = night(3).job("cutover.window", NEXT_CENTURY);
        var running = night.running();
        night.until("all are started", cloud -> cloud.starts().size() == 3);
        night.stop("last").exits(0);
        running.join().exits(5);
        return night;
    }
}
