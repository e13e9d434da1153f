package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.smsrunner.simulator.KnownServer;
import org.junit.jupiter.api.Test;

/** Runs with speed limits by time of day. */
class SpeedLimitTests extends ScenarioTest {

    @Test
    void speedLimitsPrecedeTheStartDespiteLostAnswers() {
        var scenario = scenario(4)
                .row("erp-app-01", "speed_limit_rules", "8:00-18:00=50@20;18:00-24:00=0")
                .row("erp-app-02", "speed_limit_rules", "none")
                .job("defaults.over_speed_threshold", "30")
                .server("erp-db-01", "leftover-task: READY")
                .answers("operation: UpdateSpeed, kind: close-after, first-per-source: true");

        var result = scenario.run().exits(0);

        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 4));
        assertThat(scenario.cloud().changes().stream().filter(change -> change.startsWith("UpdateSpeed")))
                .containsExactlyInAnyOrder("UpdateSpeed erp-app-01", "UpdateSpeed erp-app-02");
        assertThat(scenario.cloud().first("UpdateSpeed", "erp-app-01"))
                .isLessThan(scenario.cloud().first("start", "erp-app-01"));
        scenario.cloud().assertNoDuplicates();
    }

    @Test
    void defaultOfTheJobFileAppliesToAdoptedTasksToo() {
        var scenario = scenario(3)
                .job("defaults.speed_limit_rules", "\"0:00-24:00=100\"")
                .server("erp-app-02", "leftover-task: READY")
                .server("erp-app-03", "fail-times: 1, fail-code: SMS.0203");

        var plan = scenario.plan().exits(0).json();
        assertThat(plan.path("rows"))
                .hasSize(3)
                .allSatisfy(row -> assertThat(row.path("detail").asString())
                        .endsWith("; before the start: speed limits by time of day 0:00-24:00=100"));

        var result = scenario.run().exits(0);

        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 3));
        for (var server : result.report().keySet()) {
            assertThat(scenario.cloud().first("UpdateSpeed", server))
                    .isLessThan(scenario.cloud().first("start", server));
        }
        assertThat(scenario.cloud().calls("UpdateSpeed")).isEqualTo(3);
        assertThat(scenario.cloud().calls("ShowsSpeedLimits")).isZero();
    }

    @Test
    void planShowsThatARunningTaskKeepsItsLimits() {
        var scenario = scenario(1)
                .job("defaults.speed_limit_rules", "none")
                .server(
                        "erp-app-01",
                        "leftover-task: SYNCING, leftover-target: {template: %s, project: %s}"
                                .formatted(KnownServer.template(), "0a1b2c3d4e5f60718293a4b5c6d7e8f9"));

        var row = scenario.plan().exits(0).json().at("/rows/0");

        assertThat(row.path("step").asString()).isEqualTo("ADOPT");
        assertThat(row.path("detail").asString()).endsWith("; its speed limits by time of day stay unchanged");
    }
}
