package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.smsrunner.simulator.KnownServer;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Order of starts and launches. */
class OrderTests extends ScenarioTest {

    @Test
    void wavesFollowEachOtherAndPriorityAppliesWithinAWave() {
        var scenario = scenario(6).job("limits.concurrent", "2");
        for (var late : Set.of("erp-app-01", "erp-app-02", "erp-app-03")) {
            scenario.row(late, "wave_name", "wave-10");
        }
        for (var early : Set.of("erp-db-01", "erp-db-02", "erp-web-01")) {
            scenario.row(early, "wave_name", "wave-2");
        }
        scenario.row("erp-app-03", "priority", "9");

        scenario.run().exits(0);

        var order = scenario.cloud().order("start");
        assertThat(order.subList(0, 3)).containsExactlyInAnyOrder("erp-db-01", "erp-db-02", "erp-web-01");
        assertThat(order.subList(3, 6)).containsExactlyInAnyOrder("erp-app-01", "erp-app-02", "erp-app-03");
        assertThat(order.indexOf("erp-app-03")).isLessThanOrEqualTo(4);
    }

    @Test
    void copiesIgnoreDependenciesAndLaunchesFollowThem() {
        var scenario = scenario(4)
                .row("erp-app-01", "depends_on", "erp-db-01")
                .row("erp-app-02", "depends_on", "erp-app-01")
                .row("erp-app-02", "priority", "100");

        var result = scenario.run().exits(0);

        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 4));
        var cloud = scenario.cloud();
        assertThat(cloud.first("start", "erp-app-02")).isLessThan(cloud.first("test", "erp-db-01"));
        assertThat(cloud.first("test", "erp-app-01")).isGreaterThan(cloud.first("finish", "erp-db-01"));
        assertThat(cloud.first("test", "erp-app-02")).isGreaterThan(cloud.first("finish", "erp-app-01"));
        cloud.assertNoDuplicates();
    }

    @Test
    void serverWithFailedDependencyIsHeldAndRerunWithIt() {
        var scenario = scenario(4)
                .server("erp-db-01", "fail-times: 1, fail-code: SMS.6617")
                .row("erp-app-01", "depends_on", "ERP-DB-01.");

        var result = scenario.run().exits(1);

        assertThat(result.outcomes()).containsOnly(entry("MIGRATED", 2), entry("FAILED", 1), entry("NOT_LAUNCHED", 1));
        assertThat(result.report().get("erp-app-01"))
                .containsEntry("reason", "depends on ERP-DB-01., which FAILED")
                .containsEntry("task_state", "SYNCING");
        assertThat(scenario.cloud().launches()).doesNotContainKey("erp-app-01");
        int before = scenario.cloud().changes().size();

        var repeated = scenario.rerun(result.runId()).exits(0);

        assertThat(repeated.outcomes()).containsExactly(entry("MIGRATED", 2));
        assertThat(scenario.cloud().changes().stream().skip(before))
                .containsSubsequence("start erp-db-01", "test erp-db-01", "test erp-app-01")
                .doesNotContain("start erp-app-01");
        scenario.cloud().assertNoDuplicates();
    }

    @Test
    void heldServerIsReleasedByRetryOrSkipOrForce() {
        var scenario = scenario(6)
                .server("erp-db-01", "fail-times: 1, fail-code: SMS.6617")
                .server("erp-db-02", "fail-always: true, fail-code: SMS.6617")
                .server("erp-web-01", "duration: 9000h")
                .row("erp-app-01", "depends_on", "erp-db-01")
                .row("erp-app-02", "depends_on", "erp-db-02")
                .row("erp-app-03", "depends_on", "erp-web-01");
        var running = scenario.startRun();
        scenario.untilStatus(
                "the children are held",
                status -> status.split("which FAILED", -1).length > 2 && status.contains("\"erp-web-01, REPLICATING"));
        var refused = scenario.command("control", "last", "launch", "--server", "erp-app-03", "--yes")
                .exits(3);
        assertThat(refused.out()).contains("erp-web-01", "Add --force");
        assertThat(scenario.cloud().launches()).isEmpty();

        scenario.command("control", "last", "retry", "--server", "erp-db-01").exits(0);
        scenario.command("control", "last", "skip", "--server", "erp-db-02").exits(0);
        scenario.command("control", "last", "launch", "--server", "erp-app-03", "--force")
                .exits(3)
                .prints("overrides: DEPENDS_ON erp-web-01, REPLICATING", "Not confirmed");
        scenario.command("control", "last", "launch", "--server", "erp-app-03", "--yes", "--force")
                .exits(0);
        scenario.until(
                "three children are launched",
                cloud -> cloud.launches().keySet().containsAll(Set.of("erp-app-01", "erp-app-02", "erp-app-03")));
        scenario.untilStatus("they run", status -> status.split("\"outcome\" : \"MIGRATED\"", -1).length > 4);
        scenario.stop("last").exits(0);

        var result = running.join().exits(5);
        assertThat(result.outcomes()).containsOnly(entry("MIGRATED", 4), entry("SKIPPED", 1), entry("STOPPED", 1));
        assertThat(scenario.cloud().first("test", "erp-app-01"))
                .isGreaterThan(scenario.cloud().first("finish", "erp-db-01"));
        assertThat(result.controls()).contains("LAUNCH REFUSED", "LAUNCH_FORCED DONE");
        assertThat(result.report().get("erp-app-03").get("reason"))
                .startsWith("launched by force by ")
                .contains(": its dependency erp-web-01 was REPLICATING");
        scenario.cloud().assertNoDuplicates();
    }

    @Test
    void forcedLaunchReopensItsDependants() {
        var scenario = scenario(4)
                .job("waves.wave-2", "{after: [wave-1]}")
                .server("erp-db-01", "fail-always: true, fail-code: SMS.6617")
                .server("erp-app-03", "duration: 9000h")
                .row("erp-app-01", "depends_on", "erp-db-01")
                .row("erp-app-02", "depends_on", "erp-app-01")
                .row("erp-db-01", "wave_name", "wave-1")
                .row("erp-app-01", "wave_name", "wave-1")
                .row("erp-app-02", "wave_name", "wave-1")
                .row("erp-app-03", "wave_name", "wave-2");
        var running = scenario.startRun();
        scenario.untilStatus("both ended", status -> status.contains("\"NOT_LAUNCHED\" : 2"));

        scenario.command("control", "last", "launch", "--server", "erp-app-01", "--yes", "--force")
                .exits(0);
        scenario.untilStatus("both run", status -> status.contains("\"MIGRATED\" : 2"));
        scenario.stop("last").exits(0);

        var result = running.join().exits(5);
        assertThat(result.outcomes()).containsOnly(entry("MIGRATED", 2), entry("FAILED", 1), entry("STOPPED", 1));
        assertThat(scenario.cloud().first("test", "erp-app-02"))
                .isGreaterThan(scenario.cloud().first("finish", "erp-app-01"));
        assertThat(result.report().get("erp-app-01").get("reason")).startsWith("launched by force by ");
        scenario.cloud().assertNoDuplicates();
    }

    @Test
    void retriedServerInSyncKeepsItsPlace() {
        var scenario = scenario(3)
                .job("limits.concurrent", "1")
                .job("watch.stalled-after", "1s")
                .job("watch.give-up-after", "4s")
                .job("cutover.on-difference", "hold")
                .job("waves.late", "{start: 2099-01-01T00:00Z}")
                .row("erp-app-03", "wave_name", "late")
                .row("erp-app-01", "verify_consistency", "true")
                .row("erp-app-01", "priority", "9")
                .server("erp-app-01", "consistency: {different: 3, takes: 0s}")
                .server("erp-app-02", "duration: 300h")
                .server("erp-app-03", "duration: 300h");
        var running = scenario.startRun();
        scenario.untilStatus("it is given up", status -> status.contains("\"NOT_LAUNCHED\" : 1"));

        scenario.command("control", "last", "retry", "--server", "erp-app-01").exits(0);
        scenario.untilStatus(
                "it is in sync again, or given up again",
                status -> status.contains("\"stage\" : \"SYNCING\"") || status.contains("\"NOT_LAUNCHED\" : 1"));
        scenario.stop("last").exits(0);

        running.join().exits(5);
        assertThat(scenario.cloud().starts()).containsOnlyKeys("erp-app-01");
    }

    @Test
    void serversCopiedEarlierAreLaunchedInOrder() {
        var scenario = scenario(4).job("cutover.when", "manual").row("erp-app-01", "depends_on", "erp-db-01");
        scenario.run().exits(0);
        assertThat(scenario.cloud().launches()).isEmpty();

        var result = scenario.job("cutover.when", "synced").run().exits(0);

        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 4));
        var cloud = scenario.cloud();
        assertThat(cloud.first("test", "erp-app-01")).isGreaterThan(cloud.first("finish", "erp-db-01"));
    }

    @Test
    void concurrentLaunchesStayBelowTheLimit() {
        var scenario = scenario(8).job("cutover.launches", "2");

        scenario.run().exits(0);

        assertThat(scenario.cloud().launches()).hasSize(8);
        assertThat(scenario.cloud().maximumLaunching()).isBetween(1, 2);
    }

    @Test
    void waveIsLaunchedAfterItsPredecessor() {
        var scenario = scenario(4)
                .job("waves.wave-2", "{after: [wave-1]}")
                .row("erp-db-01", "wave_name", "wave-1")
                .row("erp-app-01", "wave_name", "wave-1")
                .row("erp-app-02", "wave_name", "wave-2")
                .row("erp-app-03", "wave_name", "wave-2")
                .server("erp-app-01", "fail-times: 1, fail-code: SMS.6617");

        var result = scenario.run().exits(1);

        assertThat(result.outcomes()).containsOnly(entry("MIGRATED", 3), entry("FAILED", 1));
        var cloud = scenario.cloud();
        for (var late : Set.of("erp-app-02", "erp-app-03")) {
            assertThat(cloud.first("test", late)).isGreaterThan(cloud.first("finish", "erp-db-01"));
        }
    }

    @Test
    void withAutoTheStartFollowsTheOrder() {
        var scenario = scenario(4)
                .job("cutover.when", "auto")
                .row("erp-app-01", "depends_on", "erp-db-01")
                .row("erp-app-02", "depends_on", "erp-app-03")
                .server("erp-app-03", "fail-times: 1, fail-code: SMS.6617");

        var result = scenario.run().exits(1);

        assertThat(result.outcomes()).containsOnly(entry("MIGRATED", 2), entry("FAILED", 1), entry("NOT_LAUNCHED", 1));
        assertThat(result.report().get("erp-app-02").get("reason"))
                .isEqualTo("depends on erp-app-03, which FAILED; its copy was not started");
        var cloud = scenario.cloud();
        assertThat(cloud.first("start", "erp-app-01")).isGreaterThan(cloud.first("finish", "erp-db-01"));
        assertThat(cloud.starts()).doesNotContainKey("erp-app-02");
    }

    @Test
    void dependencyOutsideTheRunIsReadFromSms() {
        var scenario = scenario(4)
                .withoutRow("erp-db-01")
                .row(
                        "erp-app-01",
                        "depends_on",
                        "id:" + KnownServer.named("erp-db-01").id());
        var running = scenario.startRun();
        scenario.untilStatus("the others are migrated", status -> status.contains("\"MIGRATED\" : 2"));
        assertThat(scenario.cloud().launches()).doesNotContainKey("erp-app-01");

        scenario.migrateElsewhere("erp-db-01").exits(0);

        var result = running.join().exits(0);
        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 3));
        assertThat(scenario.cloud().first("test", "erp-app-01"))
                .isGreaterThan(scenario.cloud().first("finish", "erp-db-01"));
    }

    /** The rows identify their servers by name and address, so only SMS knows the ids. */
    @Test
    void cycleThroughIdsIsRejectedAndShownByThePlan() {
        var scenario = scenario(3)
                .row(
                        "erp-app-01",
                        "depends_on",
                        "id:" + KnownServer.named("erp-app-02").id())
                .row("erp-app-02", "depends_on", "erp-app-01")
                .row("erp-app-03", "depends_on", "erp-app-02");

        assertThat(scenario.plan().exits(0).json().path("warnings").toString())
                .contains(
                        "erp-app-03 (row 3) can never be launched: it depends on erp-app-02 (row 2), which is rejected");
        var result = scenario.run().exits(1);

        assertThat(result.outcomes()).containsOnly(entry("REJECTED", 2), entry("NOT_LAUNCHED", 1));
        assertThat(result.report().get("erp-app-01").get("reason"))
                .contains("leads back to this row: erp-app-01 -> erp-app-02 -> erp-app-01");
    }
}
