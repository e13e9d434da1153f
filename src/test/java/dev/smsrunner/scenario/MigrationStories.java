package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

/** Whole nights that must end the same on every database. */
abstract class MigrationStories extends Story {

    @Test
    void everyServerIsMigratedOnceItIsInSyncAndASecondNightHasNothingToDo() {
        var night = night(6).job("cutover.when", "synced");

        var told = night.run().exits(0);

        assertThat(told.outcomes()).containsExactly(entry("MIGRATED", 6));
        assertThat(told.report().values()).allSatisfy(row -> {
            assertThat(row).containsEntry("stage", "CLOSED").containsEntry("attempts", "1");
            assertThat(row.get("migration_cycle")).isEqualTo("cutovered");
        });
        assertThat(night.cloud().launches()).hasSize(6);
        night.cloud().sawNothingTwice();
        var changes = night.cloud().changes();

        var again = night.run().exits(0);

        assertThat(again.runId()).isNotEqualTo(told.runId());
        assertThat(again.outcomes()).containsExactly(entry("SKIPPED", 6));
        assertThat(night.cloud().changes()).isEqualTo(changes);
    }

    @Test
    void aServerThatFailsOnceIsStartedAgain() {
        var night = night(4).server("erp-app-02", "fail-times: 1, fail-code: SMS.0203");

        var told = night.run().exits(0);

        assertThat(told.outcomes()).containsExactly(entry("MIGRATED", 4));
        assertThat(told.report().get("erp-app-02")).containsEntry("attempts", "2");
        assertThat(night.cloud().starts()).containsEntry("erp-app-02", 2).containsEntry("erp-app-01", 1);
        night.cloud().sawNothingTwice();
    }

    @Test
    void aServerThatFailsForGoodIsRepeatedAloneWhenItsCauseIsGone() {
        var night = night(4).server("erp-app-02", "fail-times: 1, fail-code: SMS.6617");

        var told = night.run().exits(1);

        assertThat(told.outcomes()).containsOnly(entry("FAILED", 1), entry("MIGRATED", 3));
        assertThat(told.report().get("erp-app-02"))
                .containsEntry("outcome", "FAILED")
                .containsEntry("error_code", "SMS.6617");
        int before = night.cloud().changes().size();

        var repeated = night.rerun(told.runId()).exits(0);

        assertThat(repeated.outcomes()).containsExactly(entry("MIGRATED", 1));
        assertThat(night.cloud().changes().stream().skip(before))
                .allMatch(change -> change.endsWith(" erp-app-02"))
                .contains("start erp-app-02");
        night.cloud().sawNothingTwice();
    }

    @Test
    void theAnswersOfTheFirstCreateAndStartOfEveryServerAreLostAndNothingIsDoneTwice() {
        var night = night(8).answers("operation: CreateTask, kind: close-after, first-per-source: true")
                .answers("operation: start, kind: status-after, status: 504, first-per-source: true")
                .answers("operation: test, kind: truncated, first-per-source: true");

        var told = night.run().exits(0);

        assertThat(told.outcomes()).containsExactly(entry("MIGRATED", 8));
        assertThat(night.cloud().creates()).hasSize(8);
        assertThat(night.cloud().starts())
                .hasSize(8)
                .allSatisfy((name, times) -> assertThat(times).isEqualTo(1));
        night.cloud().sawNothingTwice();
    }

    @Test
    void aStoppedRunLeavesTheCloudAtWorkAndIsResumed() {
        var night = night(8).speed(600);
        var running = night.running();
        night.until("half of them are started", cloud -> cloud.starts().size() >= 4);

        night.stop("last").exits(0);
        var stopped = running.join().exits(5).says("resume");
        var resumed = night.resume(stopped.runId()).exits(0);

        assertThat(resumed.runId()).isEqualTo(stopped.runId());
        assertThat(resumed.outcomes()).containsExactly(entry("MIGRATED", 8));
        night.cloud().sawNothingTwice();
    }
}
