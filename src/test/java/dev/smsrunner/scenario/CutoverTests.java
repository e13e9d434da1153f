package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

/** Who launches the targets, and when. */
class CutoverTests extends Story {

    @Test
    void withAutoSmsLaunchesByItselfAndTheRunNever() {
        var night = night(4).job("cutover.when", "auto");

        var told = night.run().exits(0);

        assertThat(told.outcomes()).containsExactly(entry("MIGRATED", 4));
        assertThat(night.cloud().calls("test")).isZero();
        night.cloud().sawNothingTwice();
    }

    @Test
    void withManualTheServersAreKeptInSyncForAPerson() {
        var night = night(4).job("cutover.when", "manual");

        var told = night.run().exits(0);

        assertThat(told.outcomes()).containsExactly(entry("SYNCED", 4));
        assertThat(night.cloud().launches()).isEmpty();
    }

    /** Nobody sees before whether the task of somebody else keeps its target in sync. */
    @Test
    void whatSmsLaunchesByItselfThoughThatWasLeftToAPersonIsToldToTheEnd() {
        var night = night(2).job("cutover.when", "manual").server("erp-app-02", "leftover-task: RUNNING, duration: 3h");
        var words =
                "launched although launches are left to the operator (cutover.when: manual): SMS launched it by itself";

        var told = night.run().exits(0);

        assertThat(told.outcomes()).containsOnly(entry("SYNCED", 1), entry("MIGRATED", 1));
        assertThat(told.report().get("erp-app-02").get("reason")).startsWith(words);
        assertThat(night.command("status", told.runId()).exits(0).out()).contains("Needs attention (1):", words);
    }

    @Test
    void aWindowThatIsOverIsRefusedBeforeAnythingIsDone() {
        var night = night(2).job("cutover.window", "{open: '2020-01-01T00:00Z', close: '2020-01-01T04:00Z'}");

        night.run().exits(3).says("window", "is over", "Nothing was changed");

        assertThat(night.cloud().changes()).isEmpty();
    }

    @Test
    void nothingIsLaunchedBeforeTheWindowOpens() {
        var night = night(3).job("cutover.window", "{open: '2099-01-01T00:00Z', close: '2099-01-01T04:00Z'}");
        var running = night.running();
        night.untilStatus("all are in sync", status -> status.split("SYNCING", -1).length > 3);

        night.stop("last").exits(0);
        var told = running.join().exits(5);

        assertThat(told.outcomes()).containsExactly(entry("STOPPED", 3));
        assertThat(night.cloud().launches()).isEmpty();
    }
}
