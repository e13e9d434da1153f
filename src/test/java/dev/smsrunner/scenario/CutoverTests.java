package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

/** Launches by the runner, by SMS and by the operator. */
class CutoverTests extends ScenarioTest {

    @Test
    void withAutoOnlySmsLaunches() {
        var scenario = scenario(4).job("cutover.when", "auto");

        var result = scenario.run().exits(0);

        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 4));
        assertThat(scenario.cloud().calls("test")).isZero();
        scenario.cloud().assertNoDuplicates();
    }

    @Test
    void withManualTheServersStayInSync() {
        var scenario = scenario(4).job("cutover.when", "manual");

        var result = scenario.run().exits(0);

        assertThat(result.outcomes()).containsExactly(entry("SYNCED", 4));
        assertThat(scenario.cloud().launches()).isEmpty();
    }

    /** Whether an adopted task continues in sync is unknown before the end of its copy. */
    @Test
    void launchBySmsDespiteManualNeedsAttention() {
        var scenario =
                scenario(2).job("cutover.when", "manual").server("erp-app-02", "leftover-task: RUNNING, duration: 12h");
        var reason =
                "launched although launches are left to the operator (cutover.when: manual): SMS launched it by itself";

        var result = scenario.run().exits(0);

        assertThat(result.outcomes()).containsOnly(entry("SYNCED", 1), entry("MIGRATED", 1));
        assertThat(result.report().get("erp-app-02").get("reason")).startsWith(reason);
        assertThat(scenario.command("status", result.runId()).exits(0).out()).contains("Needs attention (1):", reason);
    }

    @Test
    void pastWindowIsRefusedWithoutChanges() {
        var scenario = scenario(2).job("cutover.window", "{open: '2020-01-01T00:00Z', close: '2020-01-01T04:00Z'}");

        assertThat(scenario.command("plan", scenario.jobFile().toString())
                        .exits(0)
                        .out())
                .contains(", over for ", "warning: The window is over");
        scenario.run().exits(3).prints("window", "is over", "Nothing was changed");

        assertThat(scenario.cloud().changes()).isEmpty();
    }

    @Test
    void nothingIsLaunchedBeforeTheWindowOpens() {
        var scenario = scenario(3).job("cutover.window", "{open: '2099-01-01T00:00Z', close: '2099-01-01T04:00Z'}");
        var line =
                "Thu 2099-01-01 00:00 to Thu 2099-01-01 04:00 UTC, last launch before Thu 2099-01-01 03:45, opens in ";
        assertThat(scenario.command("plan", scenario.jobFile().toString())
                        .exits(0)
                        .out())
                .contains("Cutover window: " + line);
        var running = scenario.startRun();
        scenario.untilStatus("all are in sync", status -> status.split("SYNCING", -1).length > 3);

        scenario.stop("last").exits(0);
        var result = running.join().exits(5);

        assertThat(result.outcomes()).containsExactly(entry("STOPPED", 3));
        assertThat(scenario.cloud().launches()).isEmpty();
        result.prints("Cutover window: " + line, "the window opens in ");
        assertThat(scenario.command("status", "last").exits(0).out()).contains("window     " + line);
        assertThat(scenario.command("status", "last", "--json")
                        .exits(0)
                        .json()
                        .path("window")
                        .path("state")
                        .asString())
                .isEqualTo("before");
    }
}
