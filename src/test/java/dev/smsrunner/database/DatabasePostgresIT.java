package dev.smsrunner.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.smsrunner.support.TestDatabases;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Opening and refusal of a PostgreSQL database. */
class DatabasePostgresIT {

    private static TestDatabases.Postgres postgres;

    @TempDir
    private java.nio.file.Path data;

    @BeforeAll
    static void create() {
        postgres = TestDatabases.postgres();
    }

    @Test
    void sameScriptsCreateTheTables() throws SQLException {
        try (var database = postgres.open();
                var beside = database.connect()) {
            assertThat(new JdbcTemplate(database.source())
                            .queryForList(
                                    "select table_name from information_schema.tables where table_schema = 'public'"
                                            + " and table_name not like 'batch%' order by table_name",
                                    String.class))
                    .containsExactly(
                            "api_sample",
                            "control",
                            "event",
                            "flyway_schema_history",
                            "intent",
                            "inventory_row",
                            "lease",
                            "migration",
                            "run",
                            "source_layout");
            assertThat(beside.isValid(5)).isTrue();
        }
    }

    @Test
    void wrongUserIsReportedWithoutPassword() {
        var environment = Map.of("SMS_RUNNER_DB_USER", "nobody_here", "SMS_RUNNER_DB_PASSWORD", "CANARY");

        assertThatThrownBy(() -> Database.open(data, postgres.url(), environment))
                .isInstanceOf(DatabaseException.class)
                .hasMessageStartingWith("Cannot open " + postgres.url())
                .hasMessageContaining("nobody_here")
                .hasMessageContaining("that the user may log in")
                .message()
                .doesNotContain("CANARY");
    }

    @Test
    void serverWithoutSynchronousCommitIsRefused() throws SQLException {
        var careless = TestDatabases.postgres();
        try (var connection = careless.connect();
                var statement = connection.createStatement()) {
            statement.execute(
                    "alter database " + careless.url().replaceFirst(".*/", "") + " set synchronous_commit = off");
        }

        assertThatThrownBy(careless::open)
                .isInstanceOf(DatabaseException.class)
                .hasMessageContaining("synchronous_commit is off")
                .hasMessageContaining("Enable synchronous_commit");
    }
}
