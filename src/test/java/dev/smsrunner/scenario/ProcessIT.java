package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

/** The packaged program among other processes: signals, and a second one beside it. */
class ProcessIT extends Story {

    @Test
    void itTellsItsCommands() {
        var help = command("--help").exits(0);
        var run = command("run", "--help").exits(0);

        assertThat(help.out()).contains("run", "plan", "resume", "rerun", "stop", "status", "report", "Exit codes");
        assertThat(run.out()).contains("--inventory", "--accept-changes", "--data");
    }

    @Test
    void onSigtermItStopsSoonAndCanBeResumed() {
        var night = night(12).speed(600).job("limits.requests-per-second", "10");

        try (var child = ChildProcess.running(night)) {
            child.until("some are started", () -> night.cloud().starts().size() >= 3);
            var told = child.terminate().ended().exits(5).says("resume");
            int changes = night.cloud().changes().size();

            assertThat(told.outcomes()).containsEntry("STOPPED", 12);
            var resumed = resumed(night, told.runId());

            assertThat(night.cloud().changes()).hasSizeGreaterThan(changes);
            assertThat(resumed.outcomes()).containsExactly(entry("MIGRATED", 12));
        }
        night.cloud().sawNothingTwice();
    }

    @Test
    void besideALivingRunASecondIsRefusedAndTheCommandsThatLookWork() {
        var night = night(3).job("cutover.window", "{open: '2099-01-01T00:00Z', close: '2099-01-01T04:00Z'}");

        try (var child = ChildProcess.running(night)) {
            child.until("it is at work", () -> night.cloud().starts().size() == 3);

            try (var second = ChildProcess.running(night)) {
                second.ended().exits(3).says("Another process", "process " + child.pid(), "since");
            }
            assertThat(night.command("status", "last", "--json")
                            .exits(0)
                            .json()
                            .path("state")
                            .asString())
                    .isEqualTo("RUNNING");
            night.stop("last").exits(0);

            child.ended().exits(5);
        }
    }

    private static CommandResult resumed(Scenario night, String run) {
        try (var child = ChildProcess.started(night, "resume", run, "--json")) {
            return child.ended().exits(0);
        }
    }

    private CommandResult command(String... words) {
        try (var child = ChildProcess.alone(night(1), words)) {
            return child.ended();
        }
    }
}
