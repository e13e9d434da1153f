package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.smsrunner.simulator.KnownServer;
import org.junit.jupiter.api.Test;

/** Runs with lists that deviate from the API page. */
class ListTests extends ScenarioTest {

    @Test
    void shortPagesAreAllRead() {
        var scenario = scenario(5)
                .answers("operation: ListServers, kind: short-page, elements: 2")
                .answers("operation: ListTasks, kind: short-page, elements: 2")
                .answers("operation: ListTemplates, kind: short-page, elements: 1");

        var result = scenario.run().exits(0);

        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 5));
        scenario.cloud().assertNoDuplicates();
    }

    @Test
    void elementHiddenByAListIsNeitherRemovedNorRepeated() {
        var hidden = KnownServer.first(3).get(2);
        var scenario = scenario(3)
                .row(hidden.name(), "source_server_id", hidden.id())
                .answers("operation: ListServers, kind: hidden-element")
                .answers("operation: ListTasks, kind: hidden-element")
                .answers("operation: CreateTask, kind: close-after, first-per-source: true");

        var result = scenario.run().exits(0);

        assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 3));
        assertThat(result.err()).doesNotContain("removed by another user");
        scenario.cloud().assertNoDuplicates();
    }

    @Test
    void rowOfAHiddenServerIsRejected() {
        var hidden = KnownServer.first(3).get(2);
        var scenario = scenario(3).answers("operation: ListServers, kind: hidden-element");

        var result = scenario.run().exits(1);

        assertThat(result.outcomes()).containsOnly(entry("MIGRATED", 2), entry("REJECTED", 1));
        assertThat(result.report().get(hidden.name()).get("reason"))
                .startsWith("SMS listed only 2 of 3 source servers. None of them matches the name " + hidden.name());
        scenario.cloud().assertNoDuplicates();
    }
}
