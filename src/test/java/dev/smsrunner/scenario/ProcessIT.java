package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

/** The packaged program with signals and with a second process. */
class ProcessIT extends ScenarioTest {

    @Test
    void helpListsTheCommands() {
        var help = command("--help").exits(0);
        var run = command("run", "--help").exits(0);

        assertThat(help.out()).contains("run", "plan", "resume", "rerun", "stop", "status", "report", "Exit codes");
        assertThat(run.out()).contains("--inventory", "--accept-changes", "--data");
    }

    @Test
    void sigtermStopsTheRunForAResume() {
        var scenario = scenario(12).speed(600).job("limits.requests-per-second", "10");

        try (var child = ChildProcess.run(scenario)) {
            child.until("some are started", () -> scenario.cloud().starts().size() >= 3);
            var result = child.terminate().awaitEnd().exits(5).prints("resume");
            int changes = scenario.cloud().changes().size();

            assertThat(result.outcomes()).containsEntry("STOPPED", 12);
            var resumed = resume(scenario, result.runId());

            assertThat(scenario.cloud().changes()).hasSizeGreaterThan(changes);
            assertThat(resumed.outcomes()).containsExactly(entry("MIGRATED", 12));
        }
        scenario.cloud().assertNoDuplicates();
    }

    @Test
    void secondRunIsRefusedAndReadOnlyCommandsWork() {
        var scenario = scenario(3).job("cutover.window", "{open: '2099-01-01T00:00Z', close: '2099-01-01T04:00Z'}");

        try (var child = ChildProcess.run(scenario)) {
            child.until("it is at work", () -> scenario.cloud().starts().size() == 3);

            try (var second = ChildProcess.run(scenario)) {
                second.awaitEnd().exits(3).prints("Another process", "process " + child.pid(), "since");
            }
            assertThat(scenario.command("status", "last", "--json")
                            .exits(0)
                            .json()
                            .path("state")
                            .asString())
                    .isEqualTo("RUNNING");
            scenario.stop("last").exits(0);

            child.awaitEnd().exits(5);
        }
    }

    private static CommandResult resume(Scenario scenario, String run) {
        try (var child = ChildProcess.start(scenario, "resume", run, "--json")) {
            return child.awaitEnd().exits(0);
        }
    }

    private CommandResult command(String... arguments) {
        try (var child = ChildProcess.startWithoutDatabase(scenario(1), arguments)) {
            return child.awaitEnd();
        }
    }
}
