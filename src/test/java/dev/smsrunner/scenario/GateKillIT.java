package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.smsrunner.ledger.Actor;
import org.junit.jupiter.api.Test;

/** Kills of the packaged program at a gate. */
class GateKillIT extends ScenarioTest {

    private static final int SERVERS = 5;

    /** The process dies right after the approval; the launches until then, if any, are not repeated. */
    @Test
    void killedAfterTheApprovalTheRunLaunchesEachServerOnce() {
        var scenario = scenario(SERVERS)
                .speed(3000)
                .environment(Actor.VARIABLE, "ops")
                .job("gates.go", "{approvers: [ana], expires: 2h}");
        try (var child = ChildProcess.run(scenario)) {
            scenario.untilStatus("the gate is asked", status -> status.contains("go not approved (asked"));
            assertThat(scenario.cloud().launches()).isEmpty();
            scenario.environment(Actor.VARIABLE, "ana")
                    .command("approve", "last", "go")
                    .exits(0);
            child.kill();
        }

        try (var child = ChildProcess.run(scenario.environment(Actor.VARIABLE, "ops"))) {
            assertThat(child.awaitEnd().exits(0).outcomes()).containsOnly(entry("MIGRATED", SERVERS));
        }
        scenario.cloud().assertNoDuplicates();
        assertThat(scenario.cloud().launches()).hasSize(SERVERS);
    }
}
