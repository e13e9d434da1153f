package dev.smsrunner.chaos;

import dev.smsrunner.scenario.Scenario;
import dev.smsrunner.scenario.StoryDatabase;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All connections of the process hang in locks, or there is none left for it. */
final class LockTrials {

    private static final List<String> TABLES = List.of("run", "migration", "event", "intent", "control", "lease");

    private LockTrials() {}

    /** Some tables are locked for 5 to 12 seconds, two or three times. */
    static void held(TrialSetup ground, TrialFindings findings) {
        var random = ground.random();
        try (var night = slow(ground, ground.store().home());
                var child = InstrumentedProgram.run(night, ground.switches())) {
            child.until("some are started", () -> night.cloud().starts().size() > 1);
            for (int times = 2 + random.nextInt(2); times > 0 && child.isAlive(); times--) {
                lock(night.home(), TABLES.get(random.nextInt(TABLES.size())), 5_000 + random.nextInt(7_000));
                KillTrials.pause(1_000);
            }
            ended(ground, night, child.ended(), findings);
        }
    }

    private static void lock(StoryDatabase home, String table, long millis) {
        try (var connection = DriverManager.getConnection(
                home.url(),
                home.environment().get("SMS_RUNNER_DB_USER"),
                home.environment().getOrDefault("SMS_RUNNER_DB_PASSWORD", ""))) {
            connection.setAutoCommit(false);
            try (var statement = connection.createStatement()) {
                statement.execute("lock table " + table + " in access exclusive mode");
                KillTrials.pause(millis);
            }
            connection.rollback();
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** The server ends its connections, and others take all that there are, for 8 seconds. */
    static void noneLeft(TrialSetup ground, TrialFindings findings) {
        try (var server = EmbeddedPostgres.builder()
                .setDataDirectory(ground.directory().resolve("postgresql"))
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "14")
                .start()) {
            var url = "jdbc:postgresql://localhost:%d/postgres".formatted(server.getPort());
            try (var night = slow(ground, new StoryDatabase(url, Map.of("SMS_RUNNER_DB_USER", "postgres")));
                    var child = InstrumentedProgram.run(night, ground.switches())) {
                child.until("some are started", () -> night.cloud().starts().size() > 1);
                squeeze(url);
                ended(ground, night, child.ended(), findings);
            }
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static void squeeze(String url) {
        var taken = new ArrayList<Connection>();
        try {
            taken.add(DriverManager.getConnection(url, "postgres", ""));
            try (var statement = taken.get(0).createStatement()) {
                statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where datname = current_database() and pid <> pg_backend_pid()");
            }
            while (taken.size() < 50) {
                taken.add(DriverManager.getConnection(url, "postgres", ""));
            }
        } catch (SQLException ex) {
            KillTrials.pause(8_000);
        } finally {
            taken.forEach(LockTrials::close);
        }
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    private static Scenario slow(TrialSetup ground, StoryDatabase home) {
        return Scenario.of(TrialSetup.SERVERS, ground.directory(), home)
                .job("limits.requests-per-second", "8")
                .speed(1_000);
    }

    private static void ended(
            TrialSetup ground, Scenario night, dev.smsrunner.scenario.CommandResult told, TrialFindings findings) {
        findings.holds(told.exitCode() == 0, "it goes on by itself", told.exitCode() + " " + told.err());
        if (told.exitCode() == 0) {
            new InvariantChecks(night, findings).atEnd(told, TrialSetup.SERVERS, 1);
        }
    }
}
