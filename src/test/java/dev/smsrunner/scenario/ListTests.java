package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.smsrunner.simulator.KnownServer;
import org.junit.jupiter.api.Test;

/** Nights in which the lists of the service are not as the page says. */
class ListTests extends Story {

    @Test
    void pagesThatAreSmallerThanAskedForAreAllRead() {
        var night = night(5).answers("operation: ListServers, kind: short-page, elements: 2")
                .answers("operation: ListTasks, kind: short-page, elements: 2")
                .answers("operation: ListTemplates, kind: short-page, elements: 1");

        var told = night.run().exits(0);

        assertThat(told.outcomes()).containsExactly(entry("MIGRATED", 5));
        night.cloud().sawNothingTwice();
    }

    @Test
    void whatAListHidesIsNeitherCalledRemovedNorDoneTwice() {
        var hidden = KnownServer.first(3).get(2);
        var night = night(3).row(hidden.name(), "source_server_id", hidden.id())
                .answers("operation: ListServers, kind: hidden-element")
                .answers("operation: ListTasks, kind: hidden-element")
                .answers("operation: CreateTask, kind: close-after, first-per-source: true");

        var told = night.run().exits(0);

        assertThat(told.outcomes()).containsExactly(entry("MIGRATED", 3));
        assertThat(told.err()).doesNotContain("removed by somebody else");
        night.cloud().sawNothingTwice();
    }

    @Test
    void aRowWhoseServerAListHidesIsNotDecided() {
        var hidden = KnownServer.first(3).get(2);
        var night = night(3).answers("operation: ListServers, kind: hidden-element");

        var told = night.run().exits(1);

        assertThat(told.outcomes()).containsOnly(entry("MIGRATED", 2), entry("REJECTED", 1));
        assertThat(told.report().get(hidden.name()).get("reason"))
                .startsWith("SMS listed only 2 of 3 source servers. None of them matches the name " + hidden.name());
        night.cloud().sawNothingTwice();
    }
}
