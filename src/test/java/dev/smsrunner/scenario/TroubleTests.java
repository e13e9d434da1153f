package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Faulty servers, tasks and answers. */
class TroubleTests extends ScenarioTest {

    @Test
    void badServersDoNotAffectTheOthers() {
        var scenario = scenario(6)
                .server("erp-app-01", "disconnected: true")
                .server("erp-app-02", "fail-always: true, fail-code: SMS.6617")
                .server("erp-app-03", "delete-task-at: 30%")
                .server("erp-db-01", "check-error: true")
                .row("ghost-01", "source_ip", "10.99.99.99");

        var result = scenario.run().exits(1);

        assertThat(result.outcomes()).containsOnly(entry("REJECTED", 3), entry("FAILED", 2), entry("MIGRATED", 2));
        var report = result.report();
        assertThat(report.get("erp-app-01").get("reason")).contains("disconnected");
        assertThat(report.get("erp-app-02").get("error_code")).isEqualTo("SMS.6617");
        assertThat(report.get("erp-app-03").get("reason")).containsIgnoringCase("task");
        assertThat(report.get("ghost-01").get("reason")).contains("No source server matches");
        assertThat(scenario.cloud().changes())
                .noneMatch(change -> change.endsWith(" erp-app-01") || change.endsWith(" erp-db-01"));
        scenario.cloud().assertNoDuplicates();
    }

    @Test
    void unknownStateIsShownAndAwaited() {
        var scenario = scenario(3)
                .server("erp-app-01", "unknown-state: {at: 50%, for: 2h, value: rebalancing, on: both}")
                .server("erp-app-02", "state-case: upper, null-progress: true")
                .server("erp-app-03", "progress-over-100: true");

        var result = scenario.run().exits(0).prints("rebalancing");

        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 3));
        scenario.cloud().assertNoDuplicates();
    }

    @Test
    void overSpeedTaskShowsItsRemedyAndIsStartedByARerun() {
        var scenario = scenario(2).server("erp-app-01", "fail-code: SMS.9007");
        var running = scenario.startRun();
        scenario.untilStatus("it needs attention", status -> status.contains("OVER_SPEED"));
        assertThat(scenario.command("status", "last").exits(0).out())
                .containsPattern("1 +OVER_SPEED +erp-app-01: .*Raise speed_limit or over_speed_threshold, then start");
        scenario.stop("last").exits(0);
        var stopped = running.join().exits(5);
        assertThat(stopped.report().get("erp-app-01").get("reason")).startsWith("OVER_SPEED ");
        assertThat(scenario.cloud().starts().get("erp-app-01")).isEqualTo(1);

        var result = scenario.rerun(stopped.runId()).exits(0);

        assertThat(result.report().get("erp-app-01")).containsEntry("outcome", "MIGRATED");
        assertThat(scenario.cloud().starts().get("erp-app-01")).isEqualTo(2);
        scenario.cloud().assertNoDuplicates();
    }

    @Test
    void leftoverTasksAreUsed() {
        var scenario = scenario(8)
                .speed(600)
                .server("erp-app-01", "leftover-task: READY")
                .server("erp-app-02", "leftover-task: RUNNING, duration: 3h") // 18 s: preflight may come late
                .server("erp-app-03", "leftover-task: MIGRATE_FAIL")
                .server("erp-db-01", "leftover-task: MIGRATE_SUCCESS")
                .server("erp-db-02", "leftover-task: ABORT")
                .server("erp-web-01", "leftover-task: SYNCING")
                .server("crm-app-01", "leftover-task: SYNC_FAIL");

        var result = scenario.run().exits(0);

        assertThat(result.outcomes()).containsOnly(entry("MIGRATED", 7), entry("SKIPPED", 1));
        assertThat(result.report().get("erp-db-01")).containsEntry("outcome", "SKIPPED");
        assertThat(scenario.cloud().creates()).containsExactly(entry("crm-app-02", 1));
        assertThat(scenario.cloud().starts())
                .isEqualTo(Map.of("erp-app-01", 1, "erp-app-03", 1, "erp-db-02", 1, "crm-app-01", 1, "crm-app-02", 1));
        scenario.cloud().assertNoDuplicates();
    }

    @Test
    void lateStartIsNotRepeated() {
        var scenario = scenario(2)
                .speed(600) // the start shows after 2 s
                .server("erp-app-01", "leftover-task: MIGRATE_FAIL, action-shows-after: 20m")
                .server("erp-app-02", "leftover-task: ABORT, action-shows-after: 20m");

        var result = scenario.run().exits(0);

        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 2));
        assertThat(result.report().get("erp-app-01")).containsEntry("attempts", "1");
        assertThat(scenario.cloud().starts().values()).containsOnly(1);
        scenario.cloud().assertNoDuplicates();
    }

    @Test
    void failingTypeCanBeCorrectedForTheNextRun() {
        var scenario = scenario(1)
                .row("erp-app-01", "migration_type", "MIGRATE_BLOCK")
                .server("erp-app-01", "fail-always: true, fail-type: MIGRATE_BLOCK, fail-code: SMS.6617");
        scenario.run().exits(1);
        scenario.row("erp-app-01", "migration_type", "MIGRATE_FILE");

        var result = scenario.run().exits(0);

        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 1));
    }

    @Test
    void gatewayErrorsInFivePercentOfAnswersAreRetried() {
        var scenario = scenario(12)
                .answers("operation: '*', kind: status-after, status: 504, probability: 0.025")
                .answers("operation: '*', kind: status-before, status: 502, probability: 0.025")
                .answers("operation: start, kind: status-before, status: 502, times: 1");

        var result = scenario.run().exits(0);

        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 12));
        assertThat(scenario.cloud().starts().values()).containsOnly(1);
        scenario.cloud().assertNoDuplicates();
    }

    @Test
    void unknownRateLimitIsLearned() {
        var scenario = scenario(16).rate(15).job("limits.requests-per-second", "auto");

        var result = scenario.run().exits(0);

        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 16));
        scenario.cloud().assertNoDuplicates();
    }

    @Test
    void wrongKeyIsRefusedWithoutChanges() {
        var scenario = scenario(2).environment("HUAWEICLOUD_SDK_SK", "not the right one");

        scenario.run().exits(4);

        assertThat(scenario.cloud().changes()).isEmpty();
    }
}
