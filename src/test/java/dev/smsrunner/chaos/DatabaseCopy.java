package dev.smsrunner.chaos;

import dev.smsrunner.database.Database;
import dev.smsrunner.scenario.Scenario;
import dev.smsrunner.scenario.StoryDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** The database of a scenario, read without the product. An embedded one is read from a copy, so that the read repairs nothing. */
final class DatabaseCopy implements AutoCloseable {

    private final Connection connection;
    private final JdbcTemplate jdbc;

    private DatabaseCopy(Connection connection) {
        this.connection = connection;
        this.jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
    }

    static DatabaseCopy of(Scenario scenario) {
        try {
            return new DatabaseCopy(scenario.home().url() == null ? copied(scenario) : server(scenario.home()));
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        } catch (IOException ex) {
            throw new UncheckedIOException(ex);
        }
    }

    private static Connection server(StoryDatabase home) throws SQLException {
        return DriverManager.getConnection(
                home.url(),
                home.environment().get("SMS_RUNNER_DB_USER"),
                home.environment().getOrDefault("SMS_RUNNER_DB_PASSWORD", ""));
    }

    private static Connection copied(Scenario scenario) throws IOException, SQLException {
        var copy = Files.createTempDirectory(scenario.directory(), "copy");
        var file = scenario.data().resolve("db/sms-runner.mv.db");
        if (Files.exists(file)) {
            Files.copy(file, copy.resolve("sms-runner.mv.db"));
        }
        return DriverManager.getConnection(
                "jdbc:h2:file:" + copy.resolve("sms-runner") + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE",
                "sms_runner",
                Database.embeddedPassword(scenario.data()).orElse(""));
    }

    /** Rows of a query; none before the tables exist. */
    List<Map<String, Object>> query(String sql) {
        try {
            return jdbc.queryForList(sql);
        } catch (DataAccessException ex) {
            if (tables() == 0) {
                return List.of();
            }
            throw ex;
        }
    }

    private int tables() {
        var count = jdbc.queryForObject(
                "select count(*) from information_schema.tables where lower(table_name) = 'event'", Integer.class);
        return count == null ? 0 : count;
    }

    /** Changes data without the product. */
    void change(String sql) {
        jdbc.update(sql);
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException ex) {
            throw new IllegalStateException(ex);
        }
    }

    /** The file of the embedded database. */
    static Path file(Scenario scenario) {
        return scenario.data().resolve("db/sms-runner.mv.db");
    }
}
