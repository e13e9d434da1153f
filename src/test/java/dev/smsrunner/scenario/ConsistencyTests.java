package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Consistency checks of source and target: results are reported and hold launches if configured. */
class ConsistencyTests extends ScenarioTest {

    private static final String DIFFERS = "different: 3, missing: 2, more: 1";

    @Test
    void everyShapeOfResultIsReportedAndDifferencesNeedAttention() {
        var scenario = scenario(6)
                .row("erp-app-01", "verify_consistency", "true")
                .row("erp-app-02", "verify_consistency", "true")
                .row("erp-db-01", "verify_consistency", "true")
                .row("erp-db-02", "verify_consistency", "true")
                .row("erp-app-03", "verify_consistency", "false")
                .row("erp-web-01", "verify_consistency", "")
                .server("erp-app-01", "consistency: {takes: 0s}")
                .server("erp-app-02", "consistency: {%s, takes: 0s, shape: texts}".formatted(DIFFERS))
                .server("erp-db-01", "consistency: {missing: 1, begins: launch, takes: 0s, shape: top}")
                .server("erp-db-02", "consistency: {takes: 900d}")
                .server("erp-app-03", "consistency: {%s, takes: 0s}".formatted(DIFFERS));

        var result = scenario.run().exits(0);

        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 6));
        assertThat(consistencyOf(result))
                .containsExactly(
                        entry("erp-app-01", "same"),
                        entry("erp-app-02", "6 differ"),
                        entry("erp-app-03", ""),
                        entry("erp-db-01", "1 differ"),
                        entry("erp-db-02", "not checked"),
                        entry("erp-web-01", ""));
        var row = result.report().get("erp-app-02");
        assertThat(row.get("consistency_detail"))
                .startsWith("/var/lib: 3 different, 2 missing, 1 more of 1200; /: 0 different, 0 missing");
        assertThat(row.get("reason"))
                .startsWith("consistency check: 6 files are not the same on source and target (/var/lib");
        assertThat(result.report().get("erp-db-02").get("consistency_detail")).contains("no result");
        assertThat(scenario.command("status", "last").out())
                .contains("Needs attention (2):", "erp-app-02", "6 files are not the same", "1 file is not");
        assertThat(scenario.cloud().calls("ShowConsistencyResult")).isBetween(3, 6);
    }

    @Test
    void differenceHoldsTheLaunchAcrossARestart() {
        var scenario = scenario(2)
                .job("cutover.on-difference", "hold")
                .job("defaults.verify_consistency", "true")
                .server("erp-app-02", "consistency: {%s, takes: 0s}".formatted(DIFFERS));
        scenario.startRun();
        scenario.untilStatus("it is held back", status -> status.contains("not launched, consistency check: 6 files"));
        assertThat(scenario.cloud().launches()).doesNotContainKey("erp-app-02");

        scenario.stop("last").exits(0);
        var stopped = scenario.awaitEnd().exits(5);
        assertThat(consistencyOf(stopped)).containsEntry("erp-app-02", "6 differ");
        scenario.jobWithout("cutover.on-difference").run().exits(3).prints("cutover.on-difference: hold -> (none)");
        var result = scenario.run("--accept-changes").exits(0);

        assertThat(result.runId()).isEqualTo(stopped.runId());
        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 2));
        assertThat(consistencyOf(result)).containsEntry("erp-app-02", "6 differ");
        scenario.cloud().assertNoDuplicates();
    }

    @Test
    void differenceAfterTheLaunchFailsTheRow() {
        var scenario = scenario(2)
                .job("cutover.on-difference", "hold")
                .job("defaults.verify_consistency", "true")
                .server("erp-app-02", "consistency: {%s, begins: launch, takes: 0s}".formatted(DIFFERS));

        var result = scenario.run().exits(1);

        assertThat(result.outcomes()).containsExactly(entry("FAILED", 1), entry("MIGRATED", 1));
        assertThat(result.report().get("erp-app-02"))
                .containsEntry("consistency", "6 differ")
                .containsEntry("error_class", "OPERATOR")
                .hasEntrySatisfying(
                        "reason",
                        why -> assertThat(why).startsWith("launched, consistency check: 6 files are not the same"));
        assertThat(scenario.cloud().launches()).hasSize(2);
    }

    @Test
    void refusedResultDoesNotFailTheRow() {
        var scenario = scenario(1)
                .job("cutover.on-difference", "hold")
                .job("defaults.verify_consistency", "true")
                .answers("operation: ShowConsistencyResult, kind: status-before, status: 403");

        var result = scenario.run().exits(0);

        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 1));
        assertThat(result.report().get("erp-app-01"))
                .containsEntry("consistency", "not checked")
                .hasEntrySatisfying(
                        "consistency_detail",
                        why -> assertThat(why).startsWith("the result could not be read: ShowConsistencyResult"));
    }

    private static Map<String, String> consistencyOf(CommandResult result) {
        var consistency = new java.util.TreeMap<String, String>();
        result.report().forEach((name, row) -> consistency.put(name, row.get("consistency")));
        return consistency;
    }
}
