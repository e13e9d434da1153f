package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A run with an unread or closed terminal. */
class TerminalIT extends ScenarioTest {

    @Test
    void unreadPipeDoesNotStopTheRun() throws IOException {
        var scenario = scenario(4).job("cutover.window", "{open: '2099-01-01T00:00Z', close: '2099-01-01T04:00Z'}");

        try (var child = ChildProcess.runOnFullPipe(scenario)) {
            child.until("it is at work", () -> scenario.cloud().starts().size() == 4);
            scenario.stop("last").exits(0);

            assertThat(child.exitCode()).isEqualTo(5);
        }
        var status = scenario.command("status", "last", "--json").exits(0);
        assertThat(Path.of(status.json().path("report_directory").asString()).resolve("report.csv"))
                .exists();
        assertThat(log(scenario, status.runId())).contains("The result was not read");
        scenario.cloud().assertNoDuplicates();
    }

    @Test
    void runContinuesAfterItsTerminalIsClosed() throws IOException {
        var scenario = scenario(4).job("limits.requests-per-second", "10");

        scenario.prepare();
        try (var child = ChildProcess.startThrough(
                ChildProcess.WITH_HANGUPS, scenario, "run", scenario.jobFile().toString(), "--json")) {
            child.until("some are started", () -> scenario.cloud().starts().size() >= 1);
            child.signal("HUP").signal("HUP");

            var result = child.awaitEnd().exits(0);
            assertThat(result.outcomes()).containsExactly(entry("MIGRATED", 4));
            assertThat(result.report()).hasSize(4);
            assertThat(log(scenario, result.runId()))
                    .containsOnlyOnce("The terminal is gone (SIGHUP). The run continues");
        }
    }

    @Test
    void unreadThenClosedTerminalDoesNotStopTheRun() throws IOException {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/script")),
                "the JDK cannot make a terminal; script(1) can, and Debian and its images always have it");
        var scenario = scenario(4).job("limits.requests-per-second", "10");

        try (var child = ChildProcess.runOnUnreadTerminal(scenario)) {
            child.until("some are started", () -> scenario.cloud().starts().size() >= 2);
            var program = child.program();
            child.kill();

            await().atMost(Duration.ofMinutes(2)).until(() -> !program.isAlive());
        }
        var status = scenario.command("status", "last", "--json").exits(0);
        assertThat(status.outcomes()).containsExactly(entry("MIGRATED", 4));
        assertThat(log(scenario, status.runId())).containsOnlyOnce("The terminal is gone (SIGHUP). The run continues");
    }

    private static String log(Scenario scenario, String run) throws IOException {
        return Files.readString(scenario.data().resolve("logs").resolve(run + ".log"));
    }
}
