package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.smsrunner.simulator.KnownServer;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who comes before whom. */
class OrderTests extends Story {

    @Test
    void wavesComeOneAfterTheOtherAndPriorityCountsWithinAWave() {
        var night = night(6).job("limits.concurrent", "2");
        for (var late : Set.of("erp-app-01", "erp-app-02", "erp-app-03")) {
            night.row(late, "wave_name", "wave-10");
        }
        for (var early : Set.of("erp-db-01", "erp-db-02", "erp-web-01")) {
            night.row(early, "wave_name", "wave-2");
        }
        night.row("erp-app-03", "priority", "9");

        night.run().exits(0);

        var order = night.cloud().order("start");
        assertThat(order.subList(0, 3)).containsExactlyInAnyOrder("erp-db-01", "erp-db-02", "erp-web-01");
        assertThat(order.subList(3, 6)).containsExactlyInAnyOrder("erp-app-01", "erp-app-02", "erp-app-03");
        assertThat(order.indexOf("erp-app-03")).isLessThanOrEqualTo(4);
    }

    @Test
    void copiesAreFreeAndEachTargetIsLaunchedAfterWhatItDependsOn() {
        var night = night(4).row("erp-app-01", "depends_on", "erp-db-01")
                .row("erp-app-02", "depends_on", "erp-app-01")
                .row("erp-app-02", "priority", "100");

        var told = night.run().exits(0);

        assertThat(told.outcomes()).containsExactly(entry("MIGRATED", 4));
        var cloud = night.cloud();
        assertThat(cloud.first("start", "erp-app-02")).isLessThan(cloud.first("test", "erp-db-01"));
        assertThat(cloud.first("test", "erp-app-01")).isGreaterThan(cloud.first("finish", "erp-db-01"));
        assertThat(cloud.first("test", "erp-app-02")).isGreaterThan(cloud.first("finish", "erp-app-01"));
        cloud.sawNothingTwice();
    }

    @Test
    void aServerWhoseDatabaseFailedIsCopiedNotLaunchedAndRepeatedTogetherWithIt() {
        var night = night(4).server("erp-db-01", "fail-times: 1, fail-code: SMS.6617")
                .row("erp-app-01", "depends_on", "ERP-DB-01.");

        var told = night.run().exits(1);

        assertThat(told.outcomes()).containsOnly(entry("MIGRATED", 2), entry("FAILED", 1), entry("NOT_LAUNCHED", 1));
        assertThat(told.report().get("erp-app-01"))
                .containsEntry("reason", "depends on ERP-DB-01., which FAILED")
                .containsEntry("task_state", "SYNCING");
        assertThat(night.cloud().launches()).doesNotContainKey("erp-app-01");
        int before = night.cloud().changes().size();

        var repeated = night.rerun(told.runId()).exits(0);

        assertThat(repeated.outcomes()).containsExactly(entry("MIGRATED", 2));
        assertThat(night.cloud().changes().stream().skip(before))
                .containsSubsequence("start erp-db-01", "test erp-db-01", "test erp-app-01")
                .doesNotContain("start erp-app-01");
        night.cloud().sawNothingTwice();
    }

    @Test
    void aHeldServerIsFreedByARetryOrASkipAndForcedByAPerson() {
        var night = night(6).server("erp-db-01", "fail-times: 1, fail-code: SMS.6617")
                .server("erp-db-02", "fail-always: true, fail-code: SMS.6617")
                .server("erp-web-01", "duration: 9000h")
                .row("erp-app-01", "depends_on", "erp-db-01")
                .row("erp-app-02", "depends_on", "erp-db-02")
                .row("erp-app-03", "depends_on", "erp-web-01");
        var running = night.running();
        night.untilStatus(
                "the children are held",
                status -> status.split("which FAILED", -1).length > 2 && status.contains("\"erp-web-01, REPLICATING"));
        var refused = night.command("control", "last", "launch", "--server", "erp-app-03", "--yes")
                .exits(3);
        assertThat(refused.out()).contains("erp-web-01", "Add --force");
        assertThat(night.cloud().launches()).isEmpty();

        night.command("control", "last", "retry", "--server", "erp-db-01").exits(0);
        night.command("control", "last", "skip", "--server", "erp-db-02").exits(0);
        night.command("control", "last", "launch", "--server", "erp-app-03", "--force")
                .exits(3)
                .says("overrides: DEPENDS_ON erp-web-01, REPLICATING", "Not confirmed");
        night.command("control", "last", "launch", "--server", "erp-app-03", "--yes", "--force")
                .exits(0);
        night.until(
                "three children are launched",
                cloud -> cloud.launches().keySet().containsAll(Set.of("erp-app-01", "erp-app-02", "erp-app-03")));
        night.untilStatus("they run", status -> status.split("\"outcome\" : \"MIGRATED\"", -1).length > 4);
        night.stop("last").exits(0);

        var told = running.join().exits(5);
        assertThat(told.outcomes()).containsOnly(entry("MIGRATED", 4), entry("SKIPPED", 1), entry("STOPPED", 1));
        assertThat(night.cloud().first("test", "erp-app-01"))
                .isGreaterThan(night.cloud().first("finish", "erp-db-01"));
        assertThat(told.controls()).contains("LAUNCH REFUSED", "LAUNCH_FORCED DONE");
        assertThat(told.report().get("erp-app-03").get("reason"))
                .startsWith("launched by force by ")
                .contains(": its dependency erp-web-01 was REPLICATING");
        night.cloud().sawNothingTwice();
    }

    @Test
    void aForcedLaunchFreesTheServersThatEndedBecauseOfIt() {
        var night = night(4).job("waves.wave-2", "{after: [wave-1]}")
                .server("erp-db-01", "fail-always: true, fail-code: SMS.6617")
                .server("erp-app-03", "duration: 9000h")
                .row("erp-app-01", "depends_on", "erp-db-01")
                .row("erp-app-02", "depends_on", "erp-app-01")
                .row("erp-db-01", "wave_name", "wave-1")
                .row("erp-app-01", "wave_name", "wave-1")
                .row("erp-app-02", "wave_name", "wave-1")
                .row("erp-app-03", "wave_name", "wave-2");
        var running = night.running();
        night.untilStatus("both ended", status -> status.contains("\"NOT_LAUNCHED\" : 2"));

        night.command("control", "last", "launch", "--server", "erp-app-01", "--yes", "--force")
                .exits(0);
        night.untilStatus("both run", status -> status.contains("\"MIGRATED\" : 2"));
        night.stop("last").exits(0);

        var told = running.join().exits(5);
        assertThat(told.outcomes()).containsOnly(entry("MIGRATED", 2), entry("FAILED", 1), entry("STOPPED", 1));
        assertThat(night.cloud().first("test", "erp-app-02"))
                .isGreaterThan(night.cloud().first("finish", "erp-app-01"));
        assertThat(told.report().get("erp-app-01").get("reason")).startsWith("launched by force by ");
        night.cloud().sawNothingTwice();
    }

    @Test
    void aServerInSyncThatIsTriedAgainKeepsItsPlace() {
        var night = night(3).job("limits.concurrent", "1")
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
        var running = night.running();
        night.untilStatus("it is given up", status -> status.contains("\"NOT_LAUNCHED\" : 1"));

        night.command("control", "last", "retry", "--server", "erp-app-01").exits(0);
        night.untilStatus(
                "it is in sync again, or given up again",
                status -> status.contains("\"stage\" : \"SYNCING\"") || status.contains("\"NOT_LAUNCHED\" : 1"));
        night.stop("last").exits(0);

        running.join().exits(5);
        assertThat(night.cloud().starts()).containsOnlyKeys("erp-app-01");
    }

    @Test
    void whatIsCopiedDaysBeforeIsLaunchedInItsOrderTonight() {
        var night = night(4).job("cutover.when", "manual").row("erp-app-01", "depends_on", "erp-db-01");
        night.run().exits(0);
        assertThat(night.cloud().launches()).isEmpty();

        var told = night.job("cutover.when", "synced").run().exits(0);

        assertThat(told.outcomes()).containsExactly(entry("MIGRATED", 4));
        var cloud = night.cloud();
        assertThat(cloud.first("test", "erp-app-01")).isGreaterThan(cloud.first("finish", "erp-db-01"));
    }

    @Test
    void neverMoreTargetsAreLaunchedAtOnceThanAgreed() {
        var night = night(8).job("cutover.launches", "2");

        night.run().exits(0);

        assertThat(night.cloud().launches()).hasSize(8);
        assertThat(night.cloud().mostLaunching()).isBetween(1, 2);
    }

    @Test
    void aWaveIsLaunchedAfterAllOfTheWaveBefore() {
        var night = night(4).job("waves.wave-2", "{after: [wave-1]}")
                .row("erp-db-01", "wave_name", "wave-1")
                .row("erp-app-01", "wave_name", "wave-1")
                .row("erp-app-02", "wave_name", "wave-2")
                .row("erp-app-03", "wave_name", "wave-2")
                .server("erp-app-01", "fail-times: 1, fail-code: SMS.6617");

        var told = night.run().exits(1);

        assertThat(told.outcomes()).containsOnly(entry("MIGRATED", 3), entry("FAILED", 1));
        var cloud = night.cloud();
        for (var late : Set.of("erp-app-02", "erp-app-03")) {
            assertThat(cloud.first("test", late)).isGreaterThan(cloud.first("finish", "erp-db-01"));
        }
    }

    @Test
    void whereSmsLaunchesByItselfTheStartWaitsForTheOrder() {
        var night = night(4).job("cutover.when", "auto")
                .row("erp-app-01", "depends_on", "erp-db-01")
                .row("erp-app-02", "depends_on", "erp-app-03")
                .server("erp-app-03", "fail-times: 1, fail-code: SMS.6617");

        var told = night.run().exits(1);

        assertThat(told.outcomes()).containsOnly(entry("MIGRATED", 2), entry("FAILED", 1), entry("NOT_LAUNCHED", 1));
        assertThat(told.report().get("erp-app-02").get("reason"))
                .isEqualTo("depends on erp-app-03, which FAILED; its copy was not started");
        var cloud = night.cloud();
        assertThat(cloud.first("start", "erp-app-01")).isGreaterThan(cloud.first("finish", "erp-db-01"));
        assertThat(cloud.starts()).doesNotContainKey("erp-app-02");
    }

    @Test
    void aServerThatThisRunDoesNotHaveIsLookedUpInSms() {
        var night = night(4).withoutRow("erp-db-01")
                .row(
                        "erp-app-01",
                        "depends_on",
                        "id:" + KnownServer.named("erp-db-01").id());
        var running = night.running();
        night.untilStatus("the others are migrated", status -> status.contains("\"MIGRATED\" : 2"));
        assertThat(night.cloud().launches()).doesNotContainKey("erp-app-01");

        night.migratedElsewhere("erp-db-01").exits(0);

        var told = running.join().exits(0);
        assertThat(told.outcomes()).containsExactly(entry("MIGRATED", 3));
        assertThat(night.cloud().first("test", "erp-app-01"))
                .isGreaterThan(night.cloud().first("finish", "erp-db-01"));
    }

    /** The rows name their servers by name and address, so that only SMS tells which id is whose. */
    @Test
    void aCircleThroughIdsIsRejectedAndNamedByThePlanToo() {
        var night = night(3).row(
                        "erp-app-01",
                        "depends_on",
                        "id:" + KnownServer.named("erp-app-02").id())
                .row("erp-app-02", "depends_on", "erp-app-01")
                .row("erp-app-03", "depends_on", "erp-app-02");

        assertThat(night.plan().exits(0).json().path("warnings").toString())
                .contains(
                        "erp-app-03 (row 3) can never be launched: it depends on erp-app-02 (row 2), which is rejected");
        var told = night.run().exits(1);

        assertThat(told.outcomes()).containsOnly(entry("REJECTED", 2), entry("NOT_LAUNCHED", 1));
        assertThat(told.report().get("erp-app-01").get("reason"))
                .contains("leads back to this row: erp-app-01 -> erp-app-02 -> erp-app-01");
    }
}
