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

/** A run whose terminal is not read any more, or is gone. */
class TerminalIT extends Story {

    @Test
    void aPipeThatNobodyReadsDoesNotStopTheRun() throws IOException {
        var night = night(4).job("cutover.window", "{open: '2099-01-01T00:00Z', close: '2099-01-01T04:00Z'}");

        try (var child = ChildProcess.unread(night)) {
            child.until("it is at work", () -> night.cloud().starts().size() == 4);
            night.stop("last").exits(0);

            assertThat(child.code()).isEqualTo(5);
        }
        var status = night.command("status", "last", "--json").exits(0);
        assertThat(Path.of(status.json().path("report_directory").asString()).resolve("report.csv"))
                .exists();
        assertThat(log(night, status.runId())).contains("The result was not read");
        night.cloud().sawNothingTwice();
    }

    @Test
    void aRunOutlivesItsTerminal() throws IOException {
        var night = night(4).job("limits.requests-per-second", "10");

        night.begins();
        try (var child = ChildProcess.behind(
                ChildProcess.WITH_HANGUPS, night, "run", night.jobFile().toString(), "--json")) {
            child.until("some are started", () -> night.cloud().starts().size() >= 1);
            child.signal("HUP").signal("HUP");

            var told = child.ended().exits(0);
            assertThat(told.outcomes()).containsExactly(entry("MIGRATED", 4));
            assertThat(told.report()).hasSize(4);
            assertThat(log(night, told.runId())).containsOnlyOnce("The terminal is gone (SIGHUP). The run continues");
        }
    }

    @Test
    void aTerminalThatIsNotReadAndThenGoneDoesNotStopTheRun() throws IOException {
        assumeTrue(
                Files.isExecutable(Path.of("/usr/bin/script")),
                "the JDK cannot make a terminal; script(1) can, and Debian and its images always have it");
        var night = night(4).job("limits.requests-per-second", "10");

        try (var child = ChildProcess.onUnreadTerminal(night)) {
            child.until("some are started", () -> night.cloud().starts().size() >= 2);
            var program = child.program();
            child.kill();

            await().atMost(Duration.ofMinutes(2)).until(() -> !program.isAlive());
        }
        var status = night.command("status", "last", "--json").exits(0);
        assertThat(status.outcomes()).containsExactly(entry("MIGRATED", 4));
        assertThat(log(night, status.runId())).containsOnlyOnce("The terminal is gone (SIGHUP). The run continues");
    }

    private static String log(Scenario night, String run) throws IOException {
        return Files.readString(night.data().resolve("logs").resolve(run + ".log"));
    }
}
