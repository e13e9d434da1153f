package dev.smsrunner.chaos;

import dev.smsrunner.scenario.Scenario;
import dev.smsrunner.scenario.StoryDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** The database server is stopped and restarted on its files. */
final class DatabaseOutageTrials {

    private DatabaseOutageTrials() {}

    static Trial stopped(long millis) {
        return (setup, findings) -> {
            try {
                play(setup, millis, findings);
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        };
    }

    private static void play(TrialSetup setup, long millis, TrialFindings findings) throws IOException {
        var files = setup.directory().resolve("postgresql");
        var server = started(files, 0);
        int port = server.getPort();
        var home = new StoryDatabase(
                "jdbc:postgresql://localhost:%d/postgres".formatted(port), Map.of("SMS_RUNNER_DB_USER", "postgres"));
        try (var scenario = scenario(setup, home);
                var child = InstrumentedProgram.run(scenario, setup.switches())) {
            child.until("some are started", () -> scenario.cloud().starts().size() > 2);
            server.close();
            KillTrials.pause(millis);
            server = started(files, port);
            var result = child.awaitEnd();
            findings.holds(result.exitCode() == 0, "it continues by itself", result.exitCode() + " " + result.err());
            if (result.exitCode() == 0) {
                new InvariantChecks(scenario, findings).atEnd(result, TrialSetup.SERVERS, 1);
            }
        } finally {
            server.close();
        }
    }

    private static Scenario scenario(TrialSetup setup, StoryDatabase home) {
        return Scenario.of(TrialSetup.SERVERS, setup.directory(), home)
                .job("limits.requests-per-second", "8")
                .speed(1_000);
    }

    /** On the same port and files each time. */
    private static EmbeddedPostgres started(Path files, int port) throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(files)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("synchronous_commit", "on")
                .start();
    }
}
