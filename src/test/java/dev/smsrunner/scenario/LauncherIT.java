package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher with the packaged program and its class-data archive. */
class LauncherIT extends ScenarioTest {

    private static final Path JAR = Path.of(System.getProperty("sms-runner.jar", "target/sms-runner.jar"));
    private static final Path ARCHIVE = JAR.resolveSibling("sms-runner.jsa");
    private static final Path STAMP = JAR.resolveSibling("sms-runner.jsa.stamp");
    private static final String FROM_ARCHIVE = "dev.smsrunner.cli.Cli source: shared objects file (top)";

    @TempDir
    private Path directory;

    private LauncherFixture fixture;

    @BeforeEach
    void install() throws IOException {
        fixture = new LauncherFixture(directory);
        fixture.with("JAVA_HOME", System.getProperty("java.home"));
    }

    @Test
    void sigtermStopsTheRunInOrderAndTheSummaryNamesTheLauncher() {
        var scenario = scenario(6).speed(600).job("limits.requests-per-second", "10");

        try (var child = ChildProcess.launch(scenario)) {
            child.until("some are started", () -> scenario.cloud().starts().size() >= 2);
            var result = child.terminate().awaitEnd().exits(5);

            assertThat(result.out())
                    .contains("Resume:  " + LauncherFixture.LAUNCHER + " resume ")
                    .doesNotContain("[warning]");
        }
    }

    @Test
    void archiveOfTheBuildIsUsed() throws IOException {
        var result = fixture.with("SMS_RUNNER_JAVA_OPTS", "-Xlog:class+load:stdout")
                .execute("", List.of(LauncherFixture.LAUNCHER.toString(), "--version"))
                .exits(0);

        assertThat(result.out()).contains(FROM_ARCHIVE);
    }

    @Test
    void movedOrDamagedArchiveIsSkippedWithoutAMessage() throws IOException {
        var copy = fixture.path("home/sms-runner.jar");
        Files.copy(JAR, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
        Files.copy(ARCHIVE, fixture.path("home/sms-runner.jsa"));
        Files.copy(STAMP, fixture.path("home/sms-runner.jsa.stamp"));
        assertIsQuiet();

        Files.delete(fixture.path("home/sms-runner.jsa"));
        Files.writeString(fixture.path("home/sms-runner.jsa"), "x".repeat(9000));
        Files.writeString(
                fixture.path("home/sms-runner.jsa.stamp"),
                "9000 %s\n".formatted(System.getProperty("java.runtime.version")));
        assertIsQuiet();
    }

    private void assertIsQuiet() throws IOException {
        var result = fixture.launch("sh", "--version").exits(0);

        assertThat(result.out()).matches("sms-runner \\S+\nJava [^\n]+\n");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void pathWithBlanksAndQuotesReachesTheProgram() throws IOException {
        var result = fixture.execute("", List.of(LauncherFixture.LAUNCHER.toString(), "plan", "no 'such \"file\".yaml"))
                .exits(2);

        assertThat(result.err()).contains("no 'such \"file\".yaml: does not exist");
    }
}
