package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.smsrunner.database.Database;
import dev.smsrunner.ledger.Actor;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** Gates of whole runs. */
class GateTests extends ScenarioTest {

    private @Nullable Scenario created;

    private Scenario gated() {
        created = scenario(4)
                .environment(Actor.VARIABLE, "ops")
                .job("gates.go-wave-2", "{waves: [wave-2], approvers: [dba, ana], expires: 2h}")
                .row("erp-db-01", "wave_name", "wave-1");
        for (var server : List.of("erp-app-01", "erp-app-02", "erp-app-03")) {
            created.row(server, "wave_name", "wave-2");
        }
        return created;
    }

    private CommandResult as(String actor, String... command) {
        return created.environment(Actor.VARIABLE, actor).command(command);
    }

    private void untilAsked() {
        created.untilStatus("the gate is asked", status -> status.contains("go-wave-2 not approved (asked"));
    }

    @Test
    void approvedWaveIsLaunched() {
        var gated = gated();
        var running = gated.startRun();
        untilAsked();
        assertThat(gated.cloud().launches()).doesNotContainKey("erp-app-03");
        as("eve", "approve", "last", "go-wave-2").exits(3).printsResult("eve may not answer go-wave-2");
        as("ops", "approve", "last", "go-wave-2").exits(3).printsResult("ops may not answer go-wave-2");
        as("ana", "approve", "last", "go-wafe-2").exits(3).prints("did you mean go-wave-2?");
        as("ana", "control", "last", "launch", "--server", "erp-app-03", "--yes", "--force")
                .exits(3)
                .printsResult("No request overrides it");

        as("ana", "approve", "last", "go-wave-2", "--comment", "CHG-4711")
                .exits(0)
                .printsResult("go-wave-2 approved for 3 rows, until ");

        var result = running.join().exits(0);
        assertThat(result.outcomes()).containsOnly(entry("MIGRATED", 4));
        assertThat(result.controls()).contains("APPROVE REFUSED", "APPROVE DONE");
        assertThat(result.json("report.json").path("begun_by").asString()).isEqualTo("ops");
        assertThat(result.json("report.json").path("events").toString()).contains("CHG-4711", "by ana (");
        assertThat(gated.verify(result.runId()).exits(0).out()).contains("I25");
        assertEditIsFound(result.runId(), "update gate_decision set actor = 'eve' where decision = 'APPROVED'");
        assertEditIsFound(result.runId(), "delete from gate_decision where decision = 'APPROVED'");
        gated.cloud().assertNoDuplicates();
    }

    /** Edits the ledger, verifies the run, and restores the decisions from a copy. */
    private void assertEditIsFound(String run, String statement) {
        edit("create table decision_copy as select * from gate_decision", statement);
        var verified = created.verify(run);
        edit(
                "delete from gate_decision",
                "insert into gate_decision select * from decision_copy",
                "drop table decision_copy");
        assertThat(verified.json().path("violations").toString()).as(statement).contains("I25");
    }

    private void edit(String... statements) {
        try (var database = Database.open(created.data(), created.home().url(), created.environment())) {
            var sql = new JdbcTemplate(database.source());
            for (var statement : statements) {
                sql.update(statement);
            }
        }
    }

    @Test
    void deniedWaveEndsNotLaunched() {
        var gated = gated();
        var running = gated.startRun();
        untilAsked();
        as("ana", "approve", "last", "go-wave-2", "--server", "erp-app-03").exits(0);
        gated.until("one is launched", cloud -> cloud.launches().containsKey("erp-app-03"));

        as("dba", "deny", "last", "go-wave-2", "--comment", "backup failed").exits(0);

        var result = running.join().exits(1);
        assertThat(result.outcomes()).containsOnly(entry("MIGRATED", 2), entry("NOT_LAUNCHED", 2));
        assertThat(result.report().get("erp-app-01").get("reason"))
                .startsWith("gate go-wave-2 denied by dba ")
                .endsWith(": backup failed");
    }

    @Test
    void expiredApprovalHoldsTheRest() {
        var gated = gated().job("gates.go-wave-2", "{waves: [wave-2], approvers: [ana], expires: 3s}")
                .server("erp-app-02", "duration: 60h");
        var running = gated.startRun();
        untilAsked();
        as("ana", "approve", "last", "go-wave-2").exits(0);

        var result = running.join().exits(1);

        assertThat(result.outcomes()).containsOnly(entry("MIGRATED", 3), entry("NOT_LAUNCHED", 1));
        assertThat(result.report().get("erp-app-02").get("reason"))
                .matches("gate go-wave-2 expired .*, approved by ana .*");
    }

    @Test
    void changedRowMakesTheApprovalVoid() {
        var gated = gated().server("erp-app-02", "duration: 900h");
        var running = gated.startRun();
        untilAsked();
        as("ana", "approve", "last", "go-wave-2", "--server", "erp-app-02").exits(0);
        gated.stop("last").exits(0);
        running.join().exits(5);

        gated.row("erp-app-02", "owner_email", "new@example.com");
        gated.environment(Actor.VARIABLE, "ops");
        var again = gated.startRun("--accept-changes");
        gated.untilStatus(
                "the approvers are asked again",
                status -> CommandResult.parsed(status)
                        .at("/gates/0/latest/decision")
                        .asString()
                        .equals("asked"));
        gated.stop("last").exits(0);

        var result = again.join();
        var events = result.json("report.json").path("events").toString();
        assertThat(events).contains("\"VOID\"", "INVENTORY ACCEPTED");
        assertThat(gated.cloud().launches()).doesNotContainKey("erp-app-02");
    }

    @Test
    void rowThatMustNotBeLaunchedIsHeld() {
        var held = scenario(3).row("erp-app-01", "ok_to_cutover", "no").row("erp-app-02", "ok_to_cutover", "yes");

        var result = held.run().exits(1);

        assertThat(result.outcomes()).containsOnly(entry("MIGRATED", 2), entry("NOT_LAUNCHED", 1));
        assertThat(result.report().get("erp-app-01").get("reason")).isEqualTo("ok_to_cutover is no in the inventory");
        assertThat(held.cloud().launches()).doesNotContainKey("erp-app-01");
    }

    @Test
    void gateBeforeTheStartHoldsTheCopy() {
        var gated = gated().job(
                        "gates.go-wave-2", "{before: start, waves: [wave-2], approvers: [ana], self-approval: true}");
        var running = gated.startRun();
        untilAsked();
        assertThat(gated.cloud().starts()).doesNotContainKey("erp-app-03");

        as("ana", "approve", "last", "go-wave-2").exits(0);

        assertThat(running.join().exits(0).outcomes()).containsOnly(entry("MIGRATED", 4));
    }

    @Test
    void heldRunIsLaunchedByTheOperator() {
        var held = scenario(4)
                .job("cutover.when", "manual")
                .job("cutover.hold", "12h")
                .row("erp-db-01", "wave_name", "wave-1")
                .row("erp-app-03", "wave_name", "wave-1")
                .row("erp-app-01", "wave_name", "wave-2")
                .row("erp-app-02", "wave_name", "wave-2");
        var running = held.startRun();
        held.untilStatus(
                "all wait",
                status -> status.split("waits for the operator's launch \\(control launch\\), until", -1).length > 4);
        held.command("control", "last", "launch", "--wave", "wave-1", "--yes")
                .exits(0)
                .printsResult("launch of row ");
        held.until("wave-1 is launched", cloud -> cloud.launches().size() == 2);
        held.stop("last").exits(0);
        running.join().exits(5);

        var again = held.startRun();
        held.untilStatus("the others wait", status -> status.contains("waits for the operator's launch"));
        held.command("control", "last", "launch", "--all", "--yes").exits(0);

        assertThat(again.join().exits(0).outcomes()).containsOnly(entry("MIGRATED", 4));
        held.cloud().assertNoDuplicates();
    }

    @Test
    void holdEndsWithServersInSync() {
        var held = scenario(2).job("cutover.when", "manual").job("cutover.hold", "1s");

        var result = held.run().exits(0);

        assertThat(result.outcomes()).containsOnly(entry("SYNCED", 2));
        assertThat(result.json("report.json").path("events").toString()).contains("HELD OPEN");
    }
}
