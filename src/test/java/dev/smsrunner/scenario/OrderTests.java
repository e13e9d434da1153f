package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

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
    void aServerIsStartedWhenThoseItDependsOnAreMigrated() {
        var night = night(4).row("erp-app-01", "depends_on", "erp-db-01")
                .row("erp-app-02", "depends_on", "erp-app-01")
                .row("erp-app-02", "priority", "100");

        night.run().exits(0);

        var cloud = night.cloud();
        assertThat(cloud.first("start", "erp-app-01")).isGreaterThan(cloud.first("finish", "erp-db-01"));
        assertThat(cloud.first("start", "erp-app-02")).isGreaterThan(cloud.first("finish", "erp-app-01"));
    }

    @Test
    void aServerWhoseDatabaseFailedIsNotStartedAndRepeatedTogetherWithIt() {
        var night = night(4).server("erp-db-01", "fail-times: 1, fail-code: SMS.6617")
                .row("erp-app-01", "depends_on", "erp-db-01");

        var told = night.run().exits(1);

        assertThat(told.outcomes()).containsOnly(entry("MIGRATED", 2), entry("FAILED", 1), entry("REJECTED", 1));
        assertThat(told.report().get("erp-app-01").get("reason")).contains("erp-db-01");
        assertThat(night.cloud().starts()).doesNotContainKey("erp-app-01");
        int before = night.cloud().changes().size();

        var repeated = night.rerun(told.runId()).exits(0);

        assertThat(repeated.outcomes()).containsExactly(entry("MIGRATED", 2));
        assertThat(night.cloud().changes().stream().skip(before))
                .contains("start erp-db-01", "start erp-app-01")
                .allMatch(change -> change.endsWith(" erp-db-01") || change.endsWith(" erp-app-01"));
        night.cloud().sawNothingTwice();
    }
}
