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
