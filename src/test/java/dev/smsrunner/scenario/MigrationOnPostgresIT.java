package dev.smsrunner.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** The scenarios on a real PostgreSQL, and a loss of all connections. */
class MigrationOnPostgresIT extends MigrationStories {

    private final StoryDatabase home = StoryDatabase.postgres();

    @Override
    StoryDatabase home() {
        return home;
    }

    @Test
    void lossOfAllConnectionsOnlyDelaysTheRun() throws SQLException {
        var scenario = scenario(8).speed(600).job("limits.requests-per-second", "10");
        var running = scenario.startRun();

        scenario.until("some have a task", cloud -> cloud.creates().size() >= 3);
        dropAllConnections();
        scenario.until("some are started", cloud -> cloud.starts().size() >= 3);
        dropAllConnections();
        scenario.until("one is launched", cloud -> !cloud.launches().isEmpty());
        dropAllConnections();

        assertThat(running.join().exits(0).outcomes()).containsExactly(entry("MIGRATED", 8));
        scenario.cloud().assertNoDuplicates();
    }

    private void dropAllConnections() throws SQLException {
        try (var admin = DriverManager.getConnection(
                        home.url(), home.environment().get("SMS_RUNNER_DB_USER"), "");
                var statement = admin.createStatement()) {
            statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                    + " where datname = current_database() and pid <> pg_backend_pid()");
        }
    }
}
