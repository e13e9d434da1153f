package dev.smsrunner.chaos;

import dev.smsrunner.scenario.Scenario;
import dev.smsrunner.scenario.StoryDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;

/** The server of the database itself is stopped, and started again on what it has on disk. */
final class DatabaseOutageTrials {

    private DatabaseOutageTrials() {}

    static Trial stopped(long millis) {
        return (ground, findings) -> {
            try {
                play(ground, millis, findings);
            } catch (IOException ex) {
                throw new UncheckedIOException(ex);
            }
        };
    }

    private static void play(TrialSetup ground, long millis, TrialFindings findings) throws IOException {
        var files = ground.directory().resolve("postgresql");
        var server = started(files, 0);
        int port = server.getPort();
        var home = new StoryDatabase(
                "jdbc:postgresql://localhost:%d/postgres".formatted(port), Map.of("SMS_RUNNER_DB_USER", "postgres"));
        try (var night = night(ground, home);
                var child = InstrumentedProgram.run(night, ground.switches())) {
            child.until("some are started", () -> night.cloud().starts().size() > 2);
            server.close();
            KillTrials.pause(millis);
            server = started(files, port);
            var told = child.ended();
            findings.holds(told.exitCode() == 0, "it goes on by itself", told.exitCode() + " " + told.err());
            if (told.exitCode() == 0) {
                new InvariantChecks(night, findings).atEnd(told, TrialSetup.SERVERS, 1);
            }
        } finally {
            server.close();
        }
    }

    private static Scenario night(TrialSetup ground, StoryDatabase home) {
        return Scenario.of(TrialSetup.SERVERS, ground.directory(), home)
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
