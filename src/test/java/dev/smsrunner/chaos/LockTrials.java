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

/** All connections of the process wait for locks, or none is available. */
final class LockTrials {

    private static final List<String> TABLES = List.of("run", "migration", "event", "intent", "control", "lease");

    private LockTrials() {}

    /** Locks tables for 5 to 12 seconds, two or three times. */
    static void held(TrialSetup setup, TrialFindings findings) {
        var random = setup.random();
        try (var scenario = slow(setup, setup.store().home());
                var child = InstrumentedProgram.run(scenario, setup.switches())) {
            child.until("some are started", () -> scenario.cloud().starts().size() > 1);
            for (int times = 2 + random.nextInt(2); times > 0 && child.isAlive(); times--) {
                lock(scenario.home(), TABLES.get(random.nextInt(TABLES.size())), 5_000 + random.nextInt(7_000));
                KillTrials.pause(1_000);
            }
            finish(setup, scenario, child.awaitEnd(), findings);
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

    /** The server ends its connections, and other clients take all connections for 8 seconds. */
    static void noneLeft(TrialSetup setup, TrialFindings findings) {
        try (var server = EmbeddedPostgres.builder()
                .setDataDirectory(setup.directory().resolve("postgresql"))
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("max_connections", "14")
                .start()) {
            var url = "jdbc:postgresql://localhost:%d/postgres".formatted(server.getPort());
            try (var scenario = slow(setup, new StoryDatabase(url, Map.of("SMS_RUNNER_DB_USER", "postgres")));
                    var child = InstrumentedProgram.run(scenario, setup.switches())) {
                child.until("some are started", () -> scenario.cloud().starts().size() > 1);
                squeeze(url);
                finish(setup, scenario, child.awaitEnd(), findings);
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

    private static Scenario slow(TrialSetup setup, StoryDatabase home) {
        return Scenario.of(TrialSetup.SERVERS, setup.directory(), home)
                .job("limits.requests-per-second", "8")
                .speed(1_000);
    }

    private static void finish(
            TrialSetup setup, Scenario scenario, dev.smsrunner.scenario.CommandResult result, TrialFindings findings) {
        findings.holds(result.exitCode() == 0, "it continues by itself", result.exitCode() + " " + result.err());
        if (result.exitCode() == 0) {
            new InvariantChecks(scenario, findings).atEnd(result, TrialSetup.SERVERS, 1);
        }
    }
}
